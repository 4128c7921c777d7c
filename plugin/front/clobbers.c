/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * __attribute__((static_call_clobbers("rax", ...))) on a function type: a call of such a
 * function changes no register that the ABI lets it change but those listed. sets.c
 * says what that means; abi.c tells the register allocator of callers, preserve.c keeps the
 * promise in functions that are defined with it, flow.c checks what such a pointer is given.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/sets.h"
#include "front/front.h"

/* The front end meets the attribute on a function type: are its names those of registers? */
static tree handle_clobbers(tree *node, tree name, tree args, int, bool *no_add_attrs)
{
	location_t loc = input_location;
	struct sck_set s = {}, old;
	tree arg;

	*no_add_attrs = true;
	if (sck_options.disable || !sck_machine_supported())
		return NULL_TREE;
	for (arg = args; arg; arg = TREE_CHAIN(arg)) {
		tree value = TREE_VALUE(arg);

		if (!value || TREE_CODE(value) != STRING_CST) {
			error_at(loc, "the arguments of %qE are names of registers, in quotes",
				 name);
			return NULL_TREE;
		}
		if (!sck_set_add_name(&s, TREE_STRING_POINTER(value), loc))
			return NULL_TREE;
	}
	if (sck_clobbers_of(*node, &old) && !sck_set_equal(&s, &old)) {
		error_at(loc, "%qE given twice, with different registers", name);
		return NULL_TREE;
	}
	sck_note_limited();
	*no_add_attrs = false;
	return NULL_TREE;
}

static struct attribute_spec clobbers_spec = {
	SCK_CLOBBERS, /* name */
	0,
	-1,    /* any number of arguments */
	false, /* decl_required */
	true,  /* type_required */
	true,  /* function_type_required */
	false, /* affects_type_identity: flow.c is stricter, and one-sided */
	handle_clobbers,
	NULL
};

void sck_register_clobbers(void)
{
	register_attribute(&clobbers_spec);
}
