/* SPDX-License-Identifier: GPL-2.0-or-later */
extern int (*key)(int) STATIC_CALL_KEY;
extern int (*second)(int) STATIC_CALL_KEY;
extern int can_fast, can_slow;
int fast(int x);
int slow(int x);
