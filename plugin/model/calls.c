/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keys that calls of this unit go through. For each there is one declaration
 * of a function, its trampoline: external and hidden, so that every later pass sees
 * an ordinary direct call, knows nothing of what it does, and uses no PLT. emit/
 * defines it, behind GCC's back, in the same assembly output.
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/options.h"
#include "model/decl.h"
#include "model/keys.h"
#include "model/sets.h"
#include "model/calls.h"

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
	if (!VOID_TYPE_P(type) && sck_type_size(type) > UNITS_PER_WORD)
		flags |= STATIC_CALL_KEY_RECORD_RETURNS_WIDE;
	return flags;
}

/* A trampoline has no second body for transactions; see origin_in_transaction(). */
static tree fntype_without_transactions(tree fntype)
{
	static const char *const names[] = { "transaction_safe", "transaction_callable",
					     "transaction_may_cancel_outer", "transaction_pure" };
	tree attributes = TYPE_ATTRIBUTES(fntype);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		attributes = remove_attribute(names[i], attributes);
	if (attributes == TYPE_ATTRIBUTES(fntype))
		return fntype;
	return build_type_attribute_variant(fntype, attributes);
}

/*
 * The type of calls through a key, from that of its pointer. A const type promises that each
 * target depends on its arguments alone; but the call also reads the key, and the next target
 * may give another result: such a call is pure, not const.
 */
tree sck_not_constant(tree fntype)
{
	if (flag_tm)
		fntype = fntype_without_transactions(fntype);
	if (!TYPE_READONLY(fntype))
		return fntype;
	return build_qualified_type(fntype, TYPE_QUALS(fntype) & ~TYPE_QUAL_CONST);
}

/*
 * The declaration of a trampoline, of which GCC must assume no more than what holds for every
 * target: it may throw, and it is const, pure or noreturn only where the function type or the
 * tag says so.
 */
static tree build_trampoline(const char *symbol, tree fntype, tree tag, bool chain)
{
	bool constant = TYPE_READONLY(fntype);
	tree decl;

	fntype = sck_not_constant(fntype);
	/* abi.c must not take it for a call of the function that is being compiled. */
	if (lookup_attribute(SCK_CLOBBERS, TYPE_ATTRIBUTES(fntype)))
		fntype = sck_trampoline_mark(fntype);
	decl = sck_hidden_function(symbol, fntype);

	SET_DECL_ASSEMBLER_NAME(decl, get_identifier(symbol));
	TREE_NOTHROW(decl) = 0;
	TREE_READONLY(decl) = sck_tag_says(tag, "const");
	DECL_PURE_P(decl) = !TREE_READONLY(decl) && (constant || sck_tag_says(tag, "pure"));
	TREE_THIS_VOLATILE(decl) = TYPE_VOLATILE(fntype);
	DECL_STATIC_CHAIN(decl) = chain; /* else GCC drops it */
	TREE_USED(decl) = 1;
	return decl;
}

/*
 * What no other unit of a link has; -frandom-seed makes it reproducible, as it does LTO. The
 * units of a kernel or of a module of it differ by the names of their files.
 */
const char *sck_unit_suffix(void)
{
	static char *suffix;

	if (suffix)
		return suffix;
	if (sck_kernel_dynamic())
		suffix = xasprintf(".%08x", crc32_string(0, main_input_filename));
	else
		suffix = xasprintf(".%08x%08x", crc32_string(0, main_input_filename),
				   (unsigned int)get_random_seed(false));
	return suffix;
}

/*
 * Under -flto, a static key gets a name that is its own in the whole link, hidden
 * but global: top-level asm refers to it, and may end up in another partition.
 */
static void key_publish(tree var)
{
	char *name = xasprintf("%s%s", sck_bare_name(var), sck_unit_suffix());

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
static void key_preserve(tree var)
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
		key_publish(var);
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
			key_preserve(node->decl);
}

/*
 * No code that GCC does not know of may change this register: -fcall-saved-REG, -ffixed-REG, or a
 * global register variable.
 */
bool sck_register_is_kept(unsigned int regno)
{
	return fixed_regs[regno] || global_regs[regno] ||
	       !default_function_abi.clobbers_full_reg_p(regno);
}

/*
 * The register that the trampoline of such calls may use: changed by any call of
 * them, and no part of the call; -1 if there is none. %rax holds the number of
 * vector registers in variadic and unprototyped calls.
 */
static int key_scratch_register(const_tree fntype, bool chain)
{
	bool limited, prototype = prototype_p(fntype) && !stdarg_p(fntype);
	const int regnos[] = { R11_REG, prototype ? AX_REG : -1, chain ? -1 : R10_REG };
	struct sck_set s;
	unsigned int i;

	limited = sck_clobbers_of(fntype, &s);
	for (i = 0; i < ARRAY_SIZE(regnos); i++)
		if (regnos[i] >= 0 && !sck_register_is_kept(regnos[i]) &&
		    (!limited || sck_set_has(&s, regnos[i])))
			return regnos[i];
	return -1;
}

static void key_set_clobbers(struct sck_key *key, tree fntype)
{
	HARD_REG_SET kept;

	key->scratch = key_scratch_register(fntype, key->chain);
	key->limited = sck_kept_by(fntype, &kept);
	if (key->limited)
		sck_mask_of(kept, key->clobbers);
}

/*
 * What the record is called, besides its key, in symbols: units that disagree on what
 * a key returns or what its calls keep must not share its record.
 */
static char *key_kind_name(unsigned int flags, const struct sck_key *model)
{
	const char *kind = "";
	uint64_t low = model->clobbers[0], high = model->clobbers[1];

	if (flags & STATIC_CALL_KEY_RECORD_RETURNS_WIDE)
		kind = "_null_wide";
	else if (flags & STATIC_CALL_KEY_RECORD_RETURNS_VALUE)
		kind = "_null_value";
	else if (flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL)
		kind = "_null";
	if (!model->limited)
		return xstrdup(kind);
	return xasprintf("%s_clobbers_%x_%x_%x_%x", kind, (unsigned int)(low & 0xffff),
			 (unsigned int)(low >> STATIC_CALL_KEY_CLOBBERS_VECTOR),
			 (unsigned int)(low >> STATIC_CALL_KEY_CLOBBERS_MASK & 0xff),
			 (unsigned int)(high >> (STATIC_CALL_KEY_CLOBBERS_APX - 64) & 0xffff));
}

/*
 * objtool lists the returns of each object for the kernel to patch. Those of functions
 * that a link makes one would be listed, and patched, more than once.
 */
static bool key_returns_are_listed(unsigned int flags)
{
	return ix86_cmodel == CM_KERNEL && flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL;
}

/*
 * The key that a call of this type goes through; made when the first such call is met. chain:
 * the call passes a static chain, as __builtin_call_with_static_chain does.
 */
struct sck_key *sck_key_get(const struct sck_ref *ref, tree fntype, bool chain)
{
	unsigned int flags = key_flags(ref, fntype);
	struct sck_key model = {};
	const char *name;
	char *kind;
	HOST_WIDE_INT end = sck_type_size(TREE_TYPE(ref->var));
	bool local, own;
	unsigned int n;

	key_preserve(ref->var);
	model.chain = chain;
	key_set_clobbers(&model, fntype);
	kind = key_kind_name(flags, &model);
	name = sck_bare_name(ref->var);
	local = !TREE_PUBLIC(ref->var);
	if (!keys) {
		keys = new auto_vec<struct sck_key *>;
		by_symbol = new hash_map<nofree_string_hash, struct sck_key *>;
		by_trampoline = new hash_map<tree, struct sck_key *>;
	}
	/*
	 * One name may stand for two keys: a call through a cast, or with a static
	 * chain, needs a declaration of its own, and foo.8 is the second word of foo
	 * and the name of a static foo in a function. The later ones get a number,
	 * and, as another unit may count otherwise, symbols that this object keeps
	 * to itself. But objtool looks at global ones only, so their names have to differ in
	 * a whole module. There all do, for it lists the jumps and returns of each object,
	 * and the kernel would patch those of a trampoline twice that a link has made of two.
	 */
	for (n = 0;; n++) {
		struct sck_key *key;
		char *symbol, *number;
		bool existed;

		own = !flag_lto &&
		      (local || n || key_returns_are_listed(flags) || sck_options.kernel_module);
		number = n ? xasprintf(".x%u", n) : xstrdup("");
		if (flag_lto ? n != 0 : own && sck_options.kernel_module)
			number = reconcat(number, number, sck_unit_suffix(), NULL);
		/* Of names with a dot, objtool 7.x finds none that end in a digit. */
		if (sck_options.kernel_module)
			number = reconcat(number, number, ".key", NULL);
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
			    key->chain == chain && types_compatible_p(key->fntype, fntype)) {
				free(kind);
				return key;
			}
			continue;
		}
		key = XNEW(struct sck_key);
		*key = model;
		slot = key;
		key->var = ref->var;
		key->offset = ref->offset;
		key->fntype = fntype;
		key->symbol = symbol;
		key->path = xstrdup(ref->path);
		key->flags = flags;
		key->local = own;
		key->thunk = ix86_indirect_branch;
		symbol = sck_trampoline_name(key->symbol);
		key->trampoline = build_trampoline(symbol, fntype, ref->tag, chain);
		free(symbol);
		by_trampoline->put(key->trampoline, key);
		keys->safe_push(key);
		free(kind);
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
