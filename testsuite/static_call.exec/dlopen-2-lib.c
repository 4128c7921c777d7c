/* SPDX-License-Identifier: GPL-2.0-or-later */
int library_target(int x);

int library_target(int x)
{
	return x * 10;
}
