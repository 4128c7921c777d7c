/* SPDX-License-Identifier: GPL-2.0-or-later */
struct library_ops {
	long number;
	int (*call)(int);
};

extern int (*key)(int) STATIC_CALL_KEY;
extern struct library_ops ops STATIC_CALL_KEY;

int theirs(int x);
int library_work(int x);
void library_set(int (*fn)(int));
