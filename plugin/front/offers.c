/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Offers, which static_call.h writes as variables of a section: what they go to should be a
 * key. If it is none, a tag was forgotten, and the choice costs an indirect call.
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/keys.h"
#include "model/options.h"
#include "model/refs.h"
#include "emit/emit.h"
#include "front/front.h"

static void check_offer(tree offer)
{
	tree init = DECL_INITIAL(offer), pointer, var;
	HOST_WIDE_INT offset = 0;

	if (!init || TREE_CODE(init) != CONSTRUCTOR || !CONSTRUCTOR_NELTS(init))
		return;
	pointer = CONSTRUCTOR_ELT(init, 0)->value;
	STRIP_NOPS(pointer);
	var = TREE_CODE(pointer) == ADDR_EXPR ? sck_resolve_pointer(pointer, &offset) : NULL_TREE;
	if (!var || !VAR_P(var) || sck_var_has_key(var, offset, offset + UNITS_PER_WORD))
		return;
	if (warning_at(expansion_point_location(DECL_SOURCE_LOCATION(offer)), OPT_Wattributes,
		       "%<STATIC_CALL_KEY_OFFER%> to %qD, which is no %<static_call_key%>: calls "
		       "through it stay indirect",
		       var))
		inform(DECL_SOURCE_LOCATION(var), "%qD is declared here", var);
}

void sck_check_offers(void)
{
	varpool_node *node;

	/* Only of units with offers is it an error not to be code for this machine. */
	FOR_EACH_DEFINED_VARIABLE(node)
		if (sck_is_offer(node->decl) && sck_machine_supported())
			check_offer(node->decl);
}
