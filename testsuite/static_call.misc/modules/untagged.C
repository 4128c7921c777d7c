/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A module without keys, and stores that would be followed if there were any. */
export module untagged;

export typedef int (*function)(int);
export struct ops {
	function call;
};
export ops *where;

export void set(function f, void **p)
{
	where->call = f;
	*p = (void *)f;
}
