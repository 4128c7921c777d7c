/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A library that is loaded and unloaded: its key is hidden, or bound by -Bsymbolic. */
#include <static_call.h>

__attribute__((noipa)) static int first(int x)
{
	return x + 1;
}

__attribute__((noipa)) static int second(int x)
{
	return x * 2;
}

int (*loaded)(int) STATIC_CALL_KEY
#ifdef HIDDEN
	__attribute__((visibility("hidden")))
#endif
	= first;

__attribute__((noipa)) int loaded_call(int x)
{
	return loaded(x) + 100;
}

int loaded_update(int to_second)
{
	return static_call_key_update(&loaded, to_second ? second : first);
}

void loaded_store(int to_second)
{
	loaded = to_second ? second : first;
}

const void *loaded_key(void)
{
	return &loaded;
}
