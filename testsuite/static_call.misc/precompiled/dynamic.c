/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is to be learned the header says. */
int work(struct ops *o, int x)
{
	return o->call(x) + 1;
}
