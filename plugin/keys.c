/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is a key: a pointer to function inside an object with static storage,
 * where a tag covers it. A tag covers what it stands on and everything inside:
 * a pointer, or all pointers of a struct or array. A key is named by its
 * variable and the offset in it, so that the ways to spell it (a member of a
 * union, *&ops.fn, a pointer that is known to point to it) are one key.
 *
 * For each key that calls go through there is one declaration of a function,
 * its trampoline: external and hidden, so that every later pass sees an ordinary
 * direct call, knows nothing of what it does, and uses no PLT. emit.c defines it,
 * behind GCC's back, in the same assembly output.
 */
#include "gcc-compat.h"
#include "sck.h"

bool sck_is_fnptr(const_tree type)
{
	return TREE_CODE(type) == POINTER_TYPE && TREE_CODE(TREE_TYPE(type)) == FUNCTION_TYPE;
}

bool sck_static_var(const_tree var)
{
	return VAR_P(var) && (TREE_STATIC(var) || DECL_EXTERNAL(var)) &&
	       !DECL_THREAD_LOCAL_P(var) && !DECL_HARD_REGISTER(var);
}

tree sck_tag_of(const_tree decl)
{
	return lookup_attribute(SCK_ATTRIBUTE, DECL_ATTRIBUTES(decl));
}

/* Does a tag have this argument? A NULL tag has none. */
bool sck_tag_says(tree tag, const char *word)
{
	tree arg;

	for (arg = tag ? TREE_VALUE(tag) : NULL_TREE; arg; arg = TREE_CHAIN(arg))
		if (!strcmp(TREE_STRING_POINTER(TREE_VALUE(arg)), word))
			return true;
	return false;
}

/* What was tagged, kept from the collector; and what follows from it. */
static tree tagged;                  /* TREE_LIST of VAR_DECL and FIELD_DECL */
static tree kept;                    /* TREE_LIST of declarations that the plugin made */
static hash_set<tree> *keyed_fields; /* members that a tag on a variable covers */
static hash_set<tree> *keyed_seen;   /* the types whose members are in there */

void sck_note_tagged(tree decl)
{
	tagged = tree_cons(NULL_TREE, decl, tagged);
}

/* Is anything tagged in this unit? Also true if that was in a precompiled header. */
bool sck_have_keys(void)
{
	return tagged != NULL_TREE;
}

void sck_keep(tree decl)
{
	kept = tree_cons(NULL_TREE, decl, kept);
}

void sck_keys_register_roots(const char *plugin_name)
{
	static const struct ggc_root_tab roots[] = {
		{ &tagged, 1, sizeof(tagged), &gt_ggc_mx_tree_node, &gt_pch_nx_tree_node },
		{ &kept, 1, sizeof(kept), &gt_ggc_mx_tree_node, &gt_pch_nx_tree_node },
		LAST_GGC_ROOT_TAB
	};

	register_callback(plugin_name, PLUGIN_REGISTER_GGC_ROOTS, NULL,
			  const_cast<struct ggc_root_tab *>(roots));
}

static void add_keyed_fields(tree type)
{
	tree field;

	type = TYPE_MAIN_VARIANT(strip_array_types(type));
	if (!RECORD_OR_UNION_TYPE_P(type) || keyed_seen->add(type))
		return;
	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		if (TREE_CODE(field) != FIELD_DECL)
			continue;
		if (sck_is_fnptr(strip_array_types(TREE_TYPE(field))))
			keyed_fields->add(field);
		add_keyed_fields(TREE_TYPE(field));
	}
}

/* Is the member a key in at least one object? Called when parsing is over. */
static bool field_keyed(tree field)
{
	varpool_node *node;
	tree list;

	if (sck_tag_of(field))
		return true;
	if (!keyed_fields) {
		keyed_fields = new hash_set<tree>;
		keyed_seen = new hash_set<tree>;
		for (list = tagged; list; list = TREE_CHAIN(list))
			if (VAR_P(TREE_VALUE(list)))
				add_keyed_fields(TREE_TYPE(TREE_VALUE(list)));
		/* Instances of a template get their tag without our handler. */
		FOR_EACH_VARIABLE(node)
			if (sck_tag_of(node->decl))
				add_keyed_fields(TREE_TYPE(node->decl));
	}
	return keyed_fields->contains(field);
}

static HOST_WIDE_INT type_size(const_tree type)
{
	return TYPE_SIZE_UNIT(type) && tree_fits_shwi_p(TYPE_SIZE_UNIT(type))
		       ? tree_to_shwi(TYPE_SIZE_UNIT(type))
		       : -1;
}

static bool field_offset(const_tree field, HOST_WIDE_INT *offset)
{
	if (!DECL_FIELD_OFFSET(field) || !tree_fits_shwi_p(DECL_FIELD_OFFSET(field)))
		return false;
	*offset = int_byte_position(field);
	return true;
}

/*
 * May bytes [from, to) of an object of this type hold a key? all: a tag covers
 * the whole object; via: a member counts also if it is a key only in the objects
 * that a tag on a variable covers.
 */
static bool range_has_key(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to, bool all, bool via)
{
	HOST_WIDE_INT size = type_size(type), offset;
	tree field;

	if (to <= 0 || (size >= 0 && from >= size))
		return false;
	if (sck_is_fnptr(type))
		return all;
	if (TREE_CODE(type) == ARRAY_TYPE) {
		tree element = TREE_TYPE(type);

		size = type_size(element);
		if (size > 0 && from >= 0 && from / size == (to - 1) / size)
			return range_has_key(element, from % size, (to - 1) % size + 1, all, via);
		return range_has_key(element, 0, size > 0 ? size : HOST_WIDE_INT_MAX, all, via);
	}
	if (!RECORD_OR_UNION_TYPE_P(type))
		return false;
	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		bool covered;

		if (TREE_CODE(field) != FIELD_DECL || TREE_TYPE(field) == error_mark_node)
			continue;
		covered = all || (via ? field_keyed(field) : sck_tag_of(field) != NULL_TREE);
		if (!field_offset(field, &offset))
			offset = from;
		if (range_has_key(TREE_TYPE(field), from - offset, to - offset, covered, via))
			return true;
	}
	return false;
}

bool sck_type_has_key(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to)
{
	return range_has_key(type, from, to, false, true);
}

bool sck_var_has_key(tree var, HOST_WIDE_INT from, HOST_WIDE_INT to)
{
	return sck_static_var(var) &&
	       range_has_key(TREE_TYPE(var), from, to, sck_tag_of(var) != NULL_TREE, false);
}

static void pp_index(pretty_printer *pp, HOST_WIDE_INT n)
{
	pp_left_bracket(pp);
	pp_wide_integer(pp, n);
	pp_right_bracket(pp);
}

/*
 * The tag that covers the pointer to function at this offset of a type, or NULL.
 * outer is the tag that covers the whole. path, if not NULL, gets the way there.
 */
static tree tag_at(tree type, HOST_WIDE_INT offset, tree outer, pretty_printer *path)
{
	tree field, best = NULL_TREE, tag = NULL_TREE;
	HOST_WIDE_INT at;

	while (TREE_CODE(type) == ARRAY_TYPE) {
		HOST_WIDE_INT size = type_size(TREE_TYPE(type));

		if (size <= 0)
			return NULL_TREE;
		if (path)
			pp_index(path, offset / size);
		type = TREE_TYPE(type);
		offset %= size;
	}
	if (sck_is_fnptr(type))
		return offset == 0 ? outer : NULL_TREE;
	if (!RECORD_OR_UNION_TYPE_P(type))
		return NULL_TREE;
	for (field = TYPE_FIELDS(type); field && !best; field = DECL_CHAIN(field)) {
		tree size;

		if (TREE_CODE(field) != FIELD_DECL || TREE_TYPE(field) == error_mark_node ||
		    !field_offset(field, &at))
			continue;
		size = DECL_SIZE_UNIT(field);
		if (offset < at ||
		    (size && tree_fits_shwi_p(size) && offset >= at + tree_to_shwi(size)))
			continue;
		tag = sck_tag_of(field) ? sck_tag_of(field) : outer;
		tag = tag_at(TREE_TYPE(field), offset - at, tag, NULL);
		if (tag)
			best = field;
	}
	if (!best)
		return NULL_TREE;
	if (path) {
		if (DECL_NAME(best)) {
			pp_dot(path);
			pp_string(path, IDENTIFIER_POINTER(DECL_NAME(best)));
		}
		field_offset(best, &at);
		tag_at(TREE_TYPE(best), offset - at, tag, path);
	}
	return tag;
}

static const char *bare_name(tree decl)
{
	return targetm.strip_name_encoding(IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(decl)));
}

static char *key_path(tree var, HOST_WIDE_INT offset)
{
	pretty_printer pp;

	pp_string(&pp, DECL_NAME(var) ? IDENTIFIER_POINTER(DECL_NAME(var)) : bare_name(var));
	tag_at(TREE_TYPE(var), offset, sck_tag_of(var), &pp);
	return xstrdup(pp_formatted_text(&pp));
}

/*
 * If ptr, an SSA name, can only hold the address of a variable, return the
 * variable and add to *offset what it points past its start. NULL_TREE otherwise.
 */
tree sck_resolve_pointer(tree ptr, HOST_WIDE_INT *offset)
{
	int steps;

	for (steps = 0; steps < 64; steps++) {
		gimple *def;
		poly_int64 unit_offset;
		HOST_WIDE_INT add;
		tree base;

		if (TREE_CODE(ptr) == ADDR_EXPR) {
			base = get_addr_base_and_unit_offset(TREE_OPERAND(ptr, 0), &unit_offset);
			if (!base || !unit_offset.is_constant(&add))
				return NULL_TREE;
			*offset += add;
			if (DECL_P(base))
				return base;
			if (TREE_CODE(base) != MEM_REF)
				return NULL_TREE;
			if (!tree_fits_shwi_p(TREE_OPERAND(base, 1)))
				return NULL_TREE;
			*offset += tree_to_shwi(TREE_OPERAND(base, 1));
			ptr = TREE_OPERAND(base, 0);
			continue;
		}
		if (TREE_CODE(ptr) != SSA_NAME)
			return NULL_TREE;
		def = SSA_NAME_DEF_STMT(ptr);
		if (!is_gimple_assign(def))
			return NULL_TREE;
		if (gimple_assign_rhs_code(def) == POINTER_PLUS_EXPR) {
			if (!tree_fits_shwi_p(gimple_assign_rhs2(def)))
				return NULL_TREE;
			*offset += tree_to_shwi(gimple_assign_rhs2(def));
		} else if (!gimple_assign_single_p(def) && !gimple_assign_cast_p(def)) {
			return NULL_TREE;
		}
		ptr = gimple_assign_rhs1(def);
	}
	return NULL_TREE;
}

/* The tag on a component of a reference whose object is not known. */
static tree tag_in_path(tree ref)
{
	tree tag = NULL_TREE;

	for (; handled_component_p(ref); ref = TREE_OPERAND(ref, 0))
		if (TREE_CODE(ref) == COMPONENT_REF && !tag)
			tag = sck_tag_of(TREE_OPERAND(ref, 1));
	if (!tag && VAR_P(ref))
		tag = sck_tag_of(ref);
	if (!tag && TREE_CODE(ref) == MEM_REF) {
		HOST_WIDE_INT offset = 0;
		tree var = sck_resolve_pointer(TREE_OPERAND(ref, 0), &offset);

		if (var && VAR_P(var))
			tag = sck_tag_of(var);
	}
	return tag;
}

/* The reference as the source has it, near enough for people: "p->ops[...].get". */
static void put_ref(pretty_printer *pp, tree ref)
{
	tree name;

	switch (TREE_CODE(ref)) {
	case COMPONENT_REF:
		put_ref(pp, TREE_OPERAND(ref, 0));
		name = DECL_NAME(TREE_OPERAND(ref, 1));
		if (!name)
			return;
		if (TREE_CODE(TREE_OPERAND(ref, 0)) != MEM_REF)
			pp_dot(pp);
		pp_string(pp, IDENTIFIER_POINTER(name));
		return;
	case ARRAY_REF:
		put_ref(pp, TREE_OPERAND(ref, 0));
		if (tree_fits_shwi_p(TREE_OPERAND(ref, 1)))
			pp_index(pp, tree_to_shwi(TREE_OPERAND(ref, 1)));
		else
			pp_string(pp, "[...]");
		return;
	case MEM_REF:
		name = TREE_OPERAND(ref, 0);
		if (TREE_CODE(name) == ADDR_EXPR) {
			put_ref(pp, TREE_OPERAND(name, 0));
			return;
		}
		name = TREE_CODE(name) == SSA_NAME ? SSA_NAME_IDENTIFIER(name) : NULL_TREE;
		pp_string(pp, name ? IDENTIFIER_POINTER(name) : "...");
		pp_string(pp, "->");
		return;
	default:
		if (DECL_P(ref) && DECL_NAME(ref))
			pp_string(pp, IDENTIFIER_POINTER(DECL_NAME(ref)));
		else if (handled_component_p(ref))
			put_ref(pp, TREE_OPERAND(ref, 0));
		else
			pp_string(pp, "...");
	}
}

char *sck_ref_path(tree ref)
{
	pretty_printer pp;

	put_ref(&pp, ref);
	return xstrdup(pp_formatted_text(&pp));
}

/*
 * Is this reference to memory, the right side of a load, a key? The caller
 * frees out->path.
 */
void sck_classify_ref(tree ref, struct sck_ref *out)
{
	poly_int64 poffset, psize, pmax;
	HOST_WIDE_INT offset, size, add = 0;
	bool reverse, constant;
	tree base, var, tag;

	memset(out, 0, sizeof(*out));
	out->reason = SCK_UNTAGGED;
	if (!sck_have_keys())
		return;
	base = get_ref_base_and_extent(ref, &poffset, &psize, &pmax, &reverse);
	constant = poffset.is_constant(&offset) && psize.is_constant(&size) &&
		   known_eq(psize, pmax) && offset % BITS_PER_UNIT == 0;
	offset /= BITS_PER_UNIT;
	var = base;
	if (TREE_CODE(base) == MEM_REF) {
		var = NULL_TREE;
		if (tree_fits_shwi_p(TREE_OPERAND(base, 1))) {
			add = tree_to_shwi(TREE_OPERAND(base, 1));
			var = sck_resolve_pointer(TREE_OPERAND(base, 0), &add);
		}
	}
	if (var && !VAR_P(var))
		var = NULL_TREE;

	/* A union may have several names for a key; the one that is used decides. */
	tag = tag_in_path(ref);
	if (constant && var) {
		tree found = tag_at(TREE_TYPE(var), offset + add, sck_tag_of(var), NULL);

		if (!found || !tag)
			tag = found;
	}
	if (!tag)
		return;
	out->tag = tag;
	if (!var || (!TREE_STATIC(var) && !DECL_EXTERNAL(var)))
		out->reason = SCK_NOT_STATIC;
	else if (DECL_THREAD_LOCAL_P(var))
		out->reason = SCK_THREAD_LOCAL;
	else if (!sck_static_var(var))
		out->reason = SCK_NOT_STATIC;
	else if (!ADDR_SPACE_GENERIC_P(TYPE_ADDR_SPACE(TREE_TYPE(var))))
		out->reason = SCK_ADDRESS_SPACE;
	else if (!constant)
		out->reason = SCK_VARIABLE_INDEX;
	else if (DECL_WEAK(var) && DECL_EXTERNAL(var) && offset + add >= STATIC_CALL_KEY_LOWEST)
		out->reason = SCK_WEAK;
	else if (TYPE_ATOMIC(TREE_TYPE(ref)) ||
		 (sck_is_fnptr(TREE_TYPE(var)) && TYPE_ATOMIC(TREE_TYPE(var))))
		out->reason = SCK_ATOMIC;
	else if (TREE_THIS_VOLATILE(ref))
		out->reason = SCK_VOLATILE;
	else if (size != POINTER_SIZE || reverse || get_object_alignment(ref) < POINTER_SIZE)
		out->reason = SCK_PACKED;
	else
		out->reason = SCK_DIRECT;
	if (out->reason != SCK_DIRECT) {
		out->path = sck_ref_path(ref);
		return;
	}
	out->var = var;
	out->offset = offset + add;
	out->path = key_path(var, offset + add);
}

/* The keys of this unit that calls go through. */
static auto_vec<struct sck_key *> *keys;
static hash_map<nofree_string_hash, struct sck_key *> *by_symbol;
static hash_map<tree, struct sck_key *> *by_trampoline;

static unsigned int key_flags(const struct sck_ref *ref, tree fntype)
{
	tree type = TREE_TYPE(fntype);
	unsigned int flags = 0;

	if (!sck_tag_says(ref->tag, "nop_if_null"))
		return 0;
	flags = STATIC_CALL_KEY_RECORD_NOP_IF_NULL;
	if (!VOID_TYPE_P(type))
		flags |= STATIC_CALL_KEY_RECORD_RETURNS_VALUE;
	if (!VOID_TYPE_P(type) && type_size(type) > UNITS_PER_WORD)
		flags |= STATIC_CALL_KEY_RECORD_RETURNS_WIDE;
	return flags;
}

#define TRAMPOLINE "static_call_key_trampoline"

/*
 * If decl is a trampoline, what the names of its key's symbols end in, else NULL.
 * By its name, as the declaration may have come through link-time optimization.
 */
const char *sck_trampoline_symbol(tree decl)
{
	const char *name;

	if (TREE_CODE(decl) != FUNCTION_DECL || !DECL_EXTERNAL(decl) ||
	    DECL_VISIBILITY(decl) != VISIBILITY_HIDDEN)
		return NULL;
	name = bare_name(decl);
	return strncmp(name, TRAMPOLINE, strlen(TRAMPOLINE)) ? NULL : name + strlen(TRAMPOLINE);
}

/*
 * The declaration of a trampoline. It must not look like more than it is: no
 * nothrow, and const, pure or noreturn only where the function type or the tag
 * says so.
 */
static tree build_trampoline(const char *symbol, tree fntype, tree tag, bool chain)
{
	tree decl = build_fn_decl(symbol, fntype);

	SET_DECL_ASSEMBLER_NAME(decl, get_identifier(symbol));
	TREE_NOTHROW(decl) = 0;
	TREE_READONLY(decl) = TYPE_READONLY(fntype) || sck_tag_says(tag, "const");
	DECL_PURE_P(decl) = !TREE_READONLY(decl) && sck_tag_says(tag, "pure");
	TREE_THIS_VOLATILE(decl) = TYPE_VOLATILE(fntype);
	DECL_STATIC_CHAIN(decl) = chain; /* else GCC drops it */
	DECL_VISIBILITY(decl) = VISIBILITY_HIDDEN;
	DECL_VISIBILITY_SPECIFIED(decl) = 1;
	DECL_IGNORED_P(decl) = 1;
	TREE_USED(decl) = 1;
	sck_keep(decl);
	return decl;
}

/* What no other unit of a link has; -frandom-seed makes it reproducible, as it does LTO. */
static const char *unit_suffix(void)
{
	static char *suffix;

	if (!suffix)
		suffix = xasprintf(".%08x%08x", crc32_string(0, main_input_filename),
				   (unsigned int)get_random_seed(false));
	return suffix;
}

/*
 * Under -flto, a static key gets a name that is its own in the whole link, hidden
 * but global: top-level asm refers to it, and may end up in another partition.
 */
static void publish(tree var)
{
	char *name = xasprintf("%s%s", bare_name(var), unit_suffix());

	symtab->change_decl_assembler_name(var, get_identifier(name));
	free(name);
	TREE_PUBLIC(var) = 1;
	DECL_VISIBILITY(var) = VISIBILITY_HIDDEN;
	DECL_VISIBILITY_SPECIFIED(var) = 1;
}

/*
 * The variable is now used by assembly that GCC cannot see: it must keep it, and
 * must not take it for constant.
 */
static void preserve(tree var)
{
	varpool_node *node;

	TREE_USED(var) = 1;
	if (DECL_EXTERNAL(var))
		return;
	node = varpool_node::get_create(var);
	DECL_PRESERVE_P(var) = 1;
	node->force_output = 1;
	if (!flag_lto || lookup_attribute("externally_visible", DECL_ATTRIBUTES(var)))
		return;
	if (!TREE_PUBLIC(var))
		publish(var);
	DECL_ATTRIBUTES(var) =
		tree_cons(get_identifier("externally_visible"), NULL_TREE, DECL_ATTRIBUTES(var));
	node->externally_visible = true;
}

/*
 * Under -flto, whoever defines a key does not know who calls through it, and must
 * keep it where top-level asm finds it.
 */
void sck_preserve_all(void)
{
	varpool_node *node;

	FOR_EACH_DEFINED_VARIABLE(node)
		if (TREE_PUBLIC(node->decl) && sck_var_has_key(node->decl, 0, HOST_WIDE_INT_MAX))
			preserve(node->decl);
}

/*
 * What the flags are called in symbols: units that disagree on what a key returns
 * must not share its record.
 */
static const char *flags_name(unsigned int flags)
{
	if (flags & STATIC_CALL_KEY_RECORD_RETURNS_WIDE)
		return "_null_wide";
	if (flags & STATIC_CALL_KEY_RECORD_RETURNS_VALUE)
		return "_null_value";
	return flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL ? "_null" : "";
}

/* chain: the call passes a static chain, __builtin_call_with_static_chain. */
struct sck_key *sck_key_get(const struct sck_ref *ref, tree fntype, bool chain)
{
	unsigned int flags = key_flags(ref, fntype);
	const char *kind = flags_name(flags), *name;
	HOST_WIDE_INT end = type_size(TREE_TYPE(ref->var));
	bool local;
	unsigned int n;

	preserve(ref->var);
	name = bare_name(ref->var);
	local = !TREE_PUBLIC(ref->var);
	if (!keys) {
		keys = new auto_vec<struct sck_key *>;
		by_symbol = new hash_map<nofree_string_hash, struct sck_key *>;
		by_trampoline = new hash_map<tree, struct sck_key *>;
	}
	/*
	 * One name may stand for two keys: a call through a cast, or with a static
	 * chain, needs a declaration of its own, and foo.8 is the second word of foo and the name
	 * of a static foo in a function. The later ones get a number, and, as
	 * another unit may count otherwise, symbols that this object keeps to itself.
	 */
	for (n = 0;; n++) {
		struct sck_key *key;
		char *symbol, *number;
		bool existed;

		if (n)
			number = xasprintf(".x%u%s", n, flag_lto ? unit_suffix() : "");
		else
			number = xstrdup("");
		if (ref->offset == 0 && end == UNITS_PER_WORD)
			symbol = xasprintf("%s.%s%s", kind, name, number);
		else
			symbol = xasprintf("%s.%s.%ld%s", kind, name, (long)ref->offset, number);
		free(number);
		struct sck_key *&slot = by_symbol->get_or_insert(symbol, &existed);
		if (existed) {
			key = slot;
			free(symbol);
			if (key->var == ref->var && key->offset == ref->offset &&
			    key->chain == chain && types_compatible_p(key->fntype, fntype))
				return key;
			continue;
		}
		key = XCNEW(struct sck_key);
		slot = key;
		key->var = ref->var;
		key->offset = ref->offset;
		key->fntype = fntype;
		key->chain = chain;
		key->symbol = symbol;
		key->path = xstrdup(ref->path);
		key->flags = flags;
		key->local = !flag_lto && (local || n);
		key->thunk = ix86_indirect_branch;
		symbol = xasprintf(TRAMPOLINE "%s", key->symbol);
		key->trampoline = build_trampoline(symbol, fntype, ref->tag, chain);
		free(symbol);
		by_trampoline->put(key->trampoline, key);
		keys->safe_push(key);
		if (flag_lto)
			sck_emit_lto_key(key);
		return key;
	}
}

struct sck_key *sck_key_of_trampoline(tree decl)
{
	struct sck_key **key = by_trampoline ? by_trampoline->get(decl) : NULL;

	return key ? *key : NULL;
}

unsigned int sck_key_count(void)
{
	return keys ? keys->length() : 0;
}

struct sck_key *sck_key_nth(unsigned int n)
{
	return (*keys)[n];
}
