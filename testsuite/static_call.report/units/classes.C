/* SPDX-License-Identifier: GPL-2.0-or-later */
namespace shapes
{
struct shape {
	virtual int area(int) = 0;
	static int (*scale)(int);
};

template <class T> struct holder {
	static int (*held)(T);
	int call(T t) { return held(t); }
};
template <class T> int (*holder<T>::held)(T);
} // namespace shapes

int work(shapes::shape *s)
{
	shapes::holder<int> i;
	shapes::holder<long> l;

	return s->area(1) + shapes::shape::scale(2) + i.call(3) + l.call(4);
}
