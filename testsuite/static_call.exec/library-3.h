/* SPDX-License-Identifier: GPL-2.0-or-later */
int library_work(int x);
void library_set(int (*fn)(int));
void library_check(void);
