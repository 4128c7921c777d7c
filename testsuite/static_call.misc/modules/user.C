/* SPDX-License-Identifier: GPL-2.0-or-later */
import untagged;

void user(function f, function *p)
{
	where->call = f;
	*p = f;
}
