/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tables are text here, and structures of static_call_abi.h for the runtime and the
 * tools. Next to each line of text it is asserted which field it is: what is moved in one
 * of them and not in the other does not compile.
 */
#ifndef STATIC_CALL_EMIT_LAYOUT_H
#define STATIC_CALL_EMIT_LAYOUT_H

#include <stddef.h>
#include "static_call_abi.h"

/* The next text is this field, and so many bytes have come before it. */
#define AT(name, field, bytes)                                                   \
	static_assert(offsetof(struct static_call_key_##name, field) == (bytes), \
		      #name ": the text does not have ." #field " where the structure has it")

/* The structure ends here, and its size in the tables is that of the structure. */
#define ENDS(name, bytes, size)                                                              \
	static_assert(sizeof(struct static_call_key_##name) == (bytes) && (size) == (bytes), \
		      #name ": the text is not as long as the structure")

#endif /* STATIC_CALL_EMIT_LAYOUT_H */
