/* SPDX-License-Identifier: GPL-2.0-or-later */
struct ops {
	int (*member)(int);
	int (*table[2])(int);
};

extern int (*key)(int) STATIC_CALL_KEY;
extern int (*other)(int) STATIC_CALL_KEY;
int generic(int x);
int other_best(int x);
int other_work(int x);
