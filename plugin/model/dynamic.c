/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dynamic calls: what the source says of the pointer that is called, and the states that
 * calls of this unit learn in.
 *
 * static_call_dynamic and static_call_never stand on variables, members, parameters and types;
 * static_call_never on functions too, for all calls that they make. Where the value that is called
 * was last in something that has one of them, in the source's own order, it is meant:
 *
 *	p->ops->read(x)			the member read, its type; then nothing, as ops is no pointer to function
 *	f = p->ops->read; f(x)		the variable f, its type; then the member
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/calls.h"
#include "model/decl.h"
#include "model/options.h"
#include "model/dynamic.h"

/* How far copies of a value are followed. */
#define WISH_STEPS 64

static bool wishes;

/* The unit has such an attribute. */
void sck_note_wish(void)
{
	wishes = true;
	get_identifier(SCK_MARK_WISH);
}

bool sck_have_wishes(void)
{
	return wishes;
}

static enum sck_wish wish_in(tree attributes, tree *found)
{
	*found = lookup_attribute(SCK_NEVER, attributes);
	if (*found)
		return SCK_WISH_NEVER;
	*found = lookup_attribute(SCK_DYNAMIC, attributes);
	return *found ? SCK_WISH_DYNAMIC : SCK_WISH_NONE;
}

static const char *wish_name(tree attribute)
{
	tree value = TREE_VALUE(attribute) ? TREE_VALUE(TREE_VALUE(attribute)) : NULL_TREE;

	return value && TREE_CODE(value) == STRING_CST ? TREE_STRING_POINTER(value) : NULL;
}

/* Names that the plugin makes live as long as the compilation. */
static const char *wish_keep_name(char *name)
{
	const char *kept = IDENTIFIER_POINTER(get_identifier(name));

	free(name);
	return kept;
}

/* The name of a state is that of what is tagged, if the tag gives none. */
static const char *wish_default_name(tree decl)
{
	if (TREE_CODE(decl) == FIELD_DECL)
		return wish_keep_name(sck_member_name(decl));
	if (TREE_CODE(decl) == PARM_DECL && DECL_CONTEXT(decl) &&
	    TREE_CODE(DECL_CONTEXT(decl)) == FUNCTION_DECL)
		return wish_keep_name(concat(
			lang_hooks.decl_printable_name(DECL_CONTEXT(decl), 1), "(",
			DECL_NAME(decl) ? IDENTIFIER_POINTER(DECL_NAME(decl)) : "", ")", NULL));
	return DECL_NAME(decl) ? lang_hooks.decl_printable_name(decl, 1) : "(unnamed)";
}

static enum sck_wish wish_of_decl(tree decl, const char **name)
{
	tree attribute;
	enum sck_wish wish = wish_in(DECL_ATTRIBUTES(decl), &attribute);

	if (wish == SCK_WISH_DYNAMIC) {
		*name = wish_name(attribute);
		if (!*name)
			*name = wish_keep_name(xstrdup(wish_default_name(decl)));
	}
	return wish;
}

/* What a typedef says, or the one that it stands for. */
static enum sck_wish wish_of_type(tree type, const char **name)
{
	enum sck_wish wish = SCK_WISH_NONE;
	int steps;

	for (steps = 0; type && TYPE_P(type) && !wish && steps < WISH_STEPS; steps++) {
		tree decl = TYPE_NAME(type);

		while (TREE_CODE(type) == ARRAY_TYPE && (!decl || TREE_CODE(decl) != TYPE_DECL)) {
			type = TREE_TYPE(type);
			decl = TYPE_NAME(type);
		}
		if (!decl || TREE_CODE(decl) != TYPE_DECL)
			break;
		wish = wish_of_decl(decl, name);
		type = DECL_ORIGINAL_TYPE(decl);
	}
	return wish;
}

/* What a typedef has said of a declaration, by its number: see sck_keep_wish(). */
struct kept_wish {
	enum sck_wish wish;
	const char *name;
};

static hash_map<int_hash<unsigned int, UINT_MAX>, struct kept_wish> *kept_wishes;

static enum sck_wish wish_of_object(tree decl, const char **name)
{
	enum sck_wish wish = wish_of_decl(decl, name);
	struct kept_wish *kept;

	if (!wish)
		wish = wish_of_type(TREE_TYPE(decl), name);
	if (wish || !kept_wishes)
		return wish;
	kept = kept_wishes->get(DECL_UID(decl));
	if (kept)
		*name = kept->name;
	return kept ? kept->wish : SCK_WISH_NONE;
}

/*
 * GCC may take the typedefs out of all types before the pass that asks what the source says
 * (dynamic-keep.c): an earlier one lets this remember it, of variables, parameters and members.
 */
void sck_keep_wish(tree decl)
{
	struct kept_wish kept = { SCK_WISH_NONE, NULL };

	kept.wish = wish_of_type(TREE_TYPE(decl), &kept.name);
	if (!kept.wish)
		return;
	if (kept.name)
		kept.name = wish_keep_name(xstrdup(kept.name));
	if (!kept_wishes)
		kept_wishes = new hash_map<int_hash<unsigned int, UINT_MAX>, struct kept_wish>;
	kept_wishes->put(DECL_UID(decl), kept);
}

/* Does the source say something of calls through this? */
bool sck_decl_has_wish(tree decl)
{
	const char *name;

	return wish_of_object(decl, &name) != SCK_WISH_NONE;
}

/* Something in memory: the member, or the elements of it, or the variable. */
static enum sck_wish wish_of_memory(tree ref, const char **name)
{
	while (TREE_CODE(ref) == ARRAY_REF || TREE_CODE(ref) == VIEW_CONVERT_EXPR)
		ref = TREE_OPERAND(ref, 0);
	if (TREE_CODE(ref) == COMPONENT_REF)
		return wish_of_object(TREE_OPERAND(ref, 1), name);
	if (DECL_P(ref))
		return wish_of_object(ref, name);
	return wish_of_type(TREE_TYPE(ref), name);
}

/*
 * What the source says of this call; *name: of the state, if it is SCK_WISH_DYNAMIC. For a
 * function as the front end made it: later a member may have become an offset.
 */
enum sck_wish sck_wish_of(gcall *call, const char **name)
{
	enum sck_wish wish = SCK_WISH_NONE;
	tree value = gimple_call_fn(call), fndecl;
	gimple *def;
	int steps;

	for (steps = 0; !wish && steps < WISH_STEPS && TREE_CODE(value) == SSA_NAME; steps++) {
		if (SSA_NAME_VAR(value))
			wish = wish_of_object(SSA_NAME_VAR(value), name);
		def = SSA_NAME_DEF_STMT(value);
		if (wish || SSA_NAME_IS_DEFAULT_DEF(value))
			break;
		if (is_gimple_call(def)) {
			fndecl = gimple_call_fndecl(def);
			if (fndecl)
				wish = wish_of_type(TREE_TYPE(TREE_TYPE(fndecl)), name);
			break;
		}
		if (!gimple_assign_single_p(def) && !gimple_assign_cast_p(def))
			break;
		value = gimple_assign_rhs1(def);
		if (TREE_CODE(value) != SSA_NAME)
			wish = wish_of_memory(value, name);
	}
	return wish;
}

/* ---- marks: what was found, on the function type of the call, for the pass that lowers it ---- */

tree sck_wish_mark(tree fntype, enum sck_wish wish, const char *name)
{
	tree argument = name ? tree_cons(NULL_TREE, build_string(strlen(name) + 1, name), NULL_TREE)
			     : NULL_TREE;
	tree mark = get_identifier(wish == SCK_WISH_NEVER ? SCK_NEVER : SCK_DYNAMIC);

	return build_type_attribute_variant(fntype,
					    tree_cons(mark, argument, TYPE_ATTRIBUTES(fntype)));
}

enum sck_wish sck_wish_marked(tree fntype, const char **name)
{
	tree attribute;
	enum sck_wish wish = wish_in(TYPE_ATTRIBUTES(fntype), &attribute);

	*name = wish == SCK_WISH_DYNAMIC ? wish_name(attribute) : NULL;
	return wish;
}

/* Is this indirect call one that the last pass will look at, and report? */
bool sck_may_be_dynamic(gcall *call)
{
	const char *name;

	if (sck_options.dynamic == SCK_DYNAMIC_OFF)
		return false;
	return sck_options.dynamic != SCK_DYNAMIC_NAMED ||
	       sck_wish_marked(gimple_call_fntype(call), &name) != SCK_WISH_NONE;
}

/* Does this unit ask for dynamic calls: in its source, or by the option? */
bool sck_unit_may_be_dynamic(void)
{
	return sck_options.dynamic != SCK_DYNAMIC_OFF &&
	       (sck_options.dynamic != SCK_DYNAMIC_NAMED || wishes);
}

/* ---- states ---- */

static auto_vec<struct sck_state *> *states;
static hash_map<nofree_string_hash, struct sck_state *> *by_symbol;
/* The declarations of the entries, by symbol and function type. */
static hash_map<tree, tree> *entries;
static hash_map<tree, struct sck_state *> *by_entry;

unsigned int sck_state_count(void)
{
	return states ? states->length() : 0;
}

struct sck_state *sck_state_nth(unsigned int n)
{
	return (*states)[n];
}

/* Units may ask for different thunks, and be linked together. */
static const char *state_kind(enum indirect_branch thunk)
{
	switch (thunk) {
	case indirect_branch_thunk:
	case indirect_branch_thunk_inline:
		return "_thunk";
	case indirect_branch_thunk_extern:
		return "_thunk_extern";
	default:
		return "";
	}
}

/* A name, as symbols can have it: what they cannot have is replaced, and a sum tells it apart. */
static char *state_symbol(const char *name, enum indirect_branch thunk)
{
	char *text, *c;
	bool same = true;

	if (!name)
		return xstrdup(state_kind(thunk));
	text = concat(state_kind(thunk), ".", name, NULL);
	for (c = text; *c; c++)
		if (!ISALNUM(*c) && *c != '_' && *c != '.') {
			*c = '_';
			same = false;
		}
	if (!same) {
		c = xasprintf("%s.%08x", text, crc32_string(0, name));
		free(text);
		text = c;
	}
	return text;
}

struct sck_state *sck_state_get(const char *name, enum indirect_branch thunk)
{
	char *symbol = state_symbol(name, thunk);
	struct sck_state **known, *state;

	if (!states) {
		states = new auto_vec<struct sck_state *>;
		by_symbol = new hash_map<nofree_string_hash, struct sck_state *>;
		entries = new hash_map<tree, tree>;
		by_entry = new hash_map<tree, struct sck_state *>;
	}
	known = by_symbol->get(symbol);
	if (known) {
		free(symbol);
		return *known;
	}
	state = XCNEW(struct sck_state);
	state->symbol = symbol;
	/*
	 * Each unit of a kernel module has its own, as trampolines are: see sck_key_get(). Of
	 * vmlinux, each has its own for names; the runtime has the one that all share.
	 */
	if (sck_kernel_units() || (sck_options.kernel_vmlinux && name))
		state->code = concat(symbol, sck_unit_suffix(), ".key", NULL);
	else
		state->code = symbol;
	state->name = name ? wish_keep_name(xstrdup(name)) : NULL;
	state->thunk = thunk;
	states->safe_push(state);
	by_symbol->put(symbol, state);
	return state;
}

/* The symbols of the state, and of the code that its calls lead to: to be freed. */
char *sck_state_symbol(const struct sck_state *state)
{
	return concat(SCK_DYNAMIC_STATE, state->symbol, NULL);
}

char *sck_state_code(const struct sck_state *state)
{
	return concat(sck_options.kernel_module ? SCK_KERNEL_TRAMPOLINE : "", SCK_DYNAMIC_ENTRY,
		      state->code, NULL);
}

/*
 * The declaration of the code that a call of this type goes to, with its target as the static
 * chain: %r10. GCC takes what it knows of a call from the type of what is called, so each type has
 * a declaration of its own, of the same symbol.
 */
tree sck_state_entry(struct sck_state *state, tree fntype)
{
	char *symbol = sck_state_code(state), *key;
	tree decl, id, *known;

	key = xasprintf("%s %p", symbol, (void *)fntype);
	id = get_identifier(key);
	free(key);
	known = entries->get(id);
	if (known) {
		free(symbol);
		return *known;
	}
	decl = sck_hidden_function(symbol, fntype);
	SET_DECL_ASSEMBLER_NAME(decl, get_identifier(symbol));
	free(symbol);
	TREE_NOTHROW(decl) = 0;
	TREE_READONLY(decl) = TYPE_READONLY(fntype);
	TREE_THIS_VOLATILE(decl) = TYPE_VOLATILE(fntype);
	DECL_STATIC_CHAIN(decl) = 1;
	TREE_USED(decl) = 1;
	entries->put(id, decl);
	by_entry->put(decl, state);
	return decl;
}

/* The state, if decl is such a declaration, else NULL. */
struct sck_state *sck_state_of_entry(tree decl)
{
	struct sck_state **state = by_entry && decl ? by_entry->get(decl) : NULL;

	return state ? *state : NULL;
}
