/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report=FILE: names of C++, with the scopes that they are in. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
namespace shapes
{
struct shape {
	virtual int area(int);
	virtual int edge(int);
	static int (*scale)(int);
	int (*member)(int);
};

template <class T> struct holder {
	static int (*held)(T);
	int call(T t) { return held(t); }
};
template <class T> int (*holder<T>::held)(T);
int (*hook)(int);
} // namespace shapes

int virtually(shapes::shape *s) { return s->edge(1); }
int in_class() { return shapes::shape::scale(1); }
int in_space() { return shapes::hook(1); }
int of_object(shapes::shape &s) { return s.member(1); }
int of_template() { shapes::holder<int> h; return h.call(1); }

/* { dg-final { scan-report-times {"function":"virtually",.*"from":"virtual","name":"shapes::shape::edge","declared":"[^"]*:9:} 1 } } */
/* { dg-final { scan-report-times {"function":"in_class",.*"from":"variable","name":"shapes::shape::scale",.*"symbol":"_ZN6shapes5shape5scaleE"} 1 } } */
/* { dg-final { scan-report-times {"function":"in_space",.*"from":"variable","name":"shapes::hook"} 1 } } */
/* { dg-final { scan-report-times {"function":"of_object",.*"from":"member","name":"shapes::shape::member",.*"through":"s"} 1 } } */
/* { dg-final { scan-report-times {"function":"call",.*"from":"variable","name":"shapes::holder<int>::held"} 1 } } */
