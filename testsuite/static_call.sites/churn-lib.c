/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sites.h"
typedef long (*fn)(long);
long lib_f1(long x) { return x + 1; }
long lib_f2(long x) { return x + 2; }
__attribute__((visibility("hidden"))) fn lib_key = lib_f1;
KEY(lib_key, 0);
__asm__(RECORD(program_key, program_key, 0, "mov program_key@GOTPCREL(%rip), %r11\n jmp *(%r11)\n"));
SITE_CALL(call_1, lib_key);
SITE_CALL(call_2, program_key);
__asm__(".hidden call_1, call_2\n");
long call_1(long), call_2(long);
MODULE_AUTO
long lib_call(long x)
{
	if (static_call_key_update(&lib_key, lib_f2))
		return -1;
	return call_1(x) * 100 + call_2(x);
}
