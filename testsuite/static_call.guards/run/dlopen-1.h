/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What program and library share. */
extern int (*key)(int) STATIC_CALL_KEY;
int first(int x);
int second(int x);
