/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What both units see. */
int named(int x);
int other(int x);
int other_work(int x);
extern int (*key)(int) STATIC_CALL_KEY_INLINE(named);
