/* SPDX-License-Identifier: GPL-2.0-or-later */
extern int (*key)(int);

void plain_set(int (*fn)(int))
{
	key = fn;
}

int plain_call(int x)
{
	return key(x);
}
