/* SPDX-License-Identifier: GPL-2.0-or-later */
extern int (*key)(int) STATIC_CALL_KEY;

template <typename T> NOIPA T scaled(T x, T by)
{
	return key(x) * by;
}

NOIPA inline int shared(int x)
{
	return key(x) + 100;
}

inline int less(int x)
{
	return x - 1;
}

template <typename T> struct holder {
	static int (*key)(int) STATIC_CALL_KEY;
	NOIPA static int call(int x) { return key(x); }
};

template <typename T> int (*holder<T>::key)(int) STATIC_CALL_KEY = less;

int other_scaled(int x);
int other_shared(int x);
int other_holder(int x);
