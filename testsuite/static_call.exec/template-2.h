/* SPDX-License-Identifier: GPL-2.0-or-later */
extern int (*key)(int) STATIC_CALL_KEY;
extern int rare_sum;

NOIPA __attribute__((cold)) inline void rare(int x)
{
	rare_sum += x;
	throw x;
}

template <typename T> NOIPA T deep(T x)
{
	try {
		if (x > 1000)
			rare(key(x));
		return key(x);
	} catch (int) {
		return -1;
	}
}

template <typename T> NOIPA T never(T x)
{
	return key(x) + key(x + 1);
}

int other_deep(int x);
