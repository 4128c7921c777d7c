/* SPDX-License-Identifier: GPL-2.0-or-later */
import dynamic;

int work(object *o, int x)
{
	return o->call(x) + 1;
}
