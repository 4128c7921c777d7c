/* SPDX-License-Identifier: GPL-2.0-or-later */
struct extern_ops {
	long number;
	int (*call)(int);
};

extern int (*key)(int) STATIC_CALL_KEY;
extern struct extern_ops ops STATIC_CALL_KEY;

int two(int x);
int other_work(int x);
void other_set(int (*fn)(int));
