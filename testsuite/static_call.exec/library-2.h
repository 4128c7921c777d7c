/* SPDX-License-Identifier: GPL-2.0-or-later */
extern int (*key)(int) STATIC_CALL_KEY;

int library_target(int x);
int library_work(int x);
