/* SPDX-License-Identifier: GPL-2.0-or-later */
import dynamic;

int work(callback fn, int x)
{
	return fn(x) + 1;
}
