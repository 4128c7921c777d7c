/* SPDX-License-Identifier: GPL-2.0-or-later */
int other_work(int x);
void other_set(int (*fn)(int));
void other_check(int (*fn)(int));
