// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Prelinked sites follow their keys only if the runtime is there. All references to it are
 * weak: the constructor that tells it of the module tests whether it is. Its first instruction,
 * by which the descriptor names the code, loads the runtime's address:
 *
 *	48 8b 05 rel32		mov static_call_key_rt_register@GOTPCREL(%rip), %rax
 *	48 8d 05 rel32		lea: the linker found it in this file
 *	48 c7 c0 imm32		mov $address: likewise; 0: it found none
 */
#include <string.h>

#include "prelink.h"
#include "static_call_abi.h"

static const char none[] = "it is not linked with the runtime";

const char *runtime_missing(const struct prelink *p)
{
	static const unsigned char endbr[] = { 0xf3, 0x0f, 0x1e, 0xfa };
	const unsigned char *module =
		image_bytes(&p->image, p->module, STATIC_CALL_KEY_MODULE_SIZE);
	uint64_t at = get64(module + offsetof(struct static_call_key_module, code)), slot;
	const unsigned char *code = image_bytes(&p->image, at, sizeof(endbr) + 7), *word;
	const struct import *import;

	if (!code)
		return "it has no constructor that registers it";
	if (!memcmp(code, endbr, sizeof(endbr))) {
		code += sizeof(endbr);
		at += sizeof(endbr);
	}
	if (code[0] == 0x48 && code[1] == 0xc7 && code[2] == 0xc0)
		return get32(code + 3) ? NULL : none;
	if (code[0] == 0x48 && code[1] == 0x8d && code[2] == 0x05)
		return NULL;
	if (code[0] != 0x48 || code[1] != 0x8b || code[2] != 0x05)
		return "it has a constructor that is not of the plugin's make";
	slot = follow(code + 3, at + 7);
	import = image_import(&p->image, slot);
	word = image_bytes(&p->image, slot, 8);
	if (!import)
		return word && (get64(word) || relocs_find(p, slot, 8)) ? NULL : none;
	if (strcmp(import->symbol, "static_call_key_rt_register"))
		return none;
	return p->image.runtime == RUNTIME_SHARED
		       ? NULL
		       : "it is not linked with the runtime, nor with the library that has it";
}
