/* SPDX-License-Identifier: GPL-2.0-or-later */
int (*foreign)(int);

int outside(int x)
{
	return x + 7;
}
