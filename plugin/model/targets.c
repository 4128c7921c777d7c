/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The functions that a key with a clobber set may be updated to: those that this unit
 * defines with a set, and those that it declares so and refers to. The runtime takes
 * what it finds in the table for the truth, as it knows nothing else of a function.
 */
#include "gcc-compat.h"
#include "model/decl.h"
#include "model/sets.h"

static auto_vec<struct sck_target> *targets;

/*
 * Called while code for the function is generated, or for one that is only declared:
 * what it can keep depends on its target options.
 */
void sck_note_target(tree decl)
{
	struct sck_target target = {};
	HARD_REG_SET kept;

	if (!sck_kept_by(TREE_TYPE(decl), &kept))
		return;
	if (!targets)
		targets = new auto_vec<struct sck_target>;
	target.decl = decl;
	sck_mask_of(kept, target.clobbers);
	targets->safe_push(target);
	sck_keep(decl);
}

/* At the end of the unit: the functions of others that it refers to. */
void sck_collect_targets(void)
{
	cgraph_node *node;

	if (!sck_have_limited() && !in_lto_p)
		return;
	FOR_EACH_FUNCTION(node)
		if (DECL_EXTERNAL(node->decl) && sck_is_referenced(node->decl) &&
		    !sck_trampoline_symbol(node->decl))
			sck_note_target(node->decl);
}

unsigned int sck_target_count(void)
{
	return targets ? targets->length() : 0;
}

const struct sck_target *sck_target_nth(unsigned int n)
{
	return &(*targets)[n];
}
