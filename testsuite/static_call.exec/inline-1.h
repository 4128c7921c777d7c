/* SPDX-License-Identifier: GPL-2.0-or-later */
extern int (*key)(int) STATIC_CALL_KEY;

static inline __attribute__((always_inline)) int forced(int x)
{
	return key(x);
}

static inline int shared(int x)
{
	if (!key)
		return -1;
	return key(x);
}

int other_work(int x);
