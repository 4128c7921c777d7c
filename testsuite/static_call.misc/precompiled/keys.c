/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Its only key comes from the header: the call is a site, the store is followed. */
int work(int x)
{
	return key(x) + 1;
}

void set(int (*fn)(int))
{
	key = fn;
}
