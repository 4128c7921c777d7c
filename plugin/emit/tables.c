/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the runtime reads: for each key that calls go through a trampoline and a record, the
 * targets with a clobber set, the variables that hold keys, and once a module the descriptor.
 * Everything is hidden. What belongs to a key that other objects can name too is COMDAT;
 * what belongs to a static key is local. The layouts are those of static_call_abi.h, and
 * asserted where they are written.
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/options.h"
#include "model/keys.h"
#include "model/decl.h"
#include "model/calls.h"
#include "model/sets.h"
#include "emit/emit.h"
#include "emit/text.h"
#include "emit/layout.h"
#include "emit/tables.h"

/* Where in its variable the key lies, and how long that is; 0: this unit cannot tell. */
static void record_put_extent(const struct sck_key *key)
{
	HOST_WIDE_INT size = sck_object_size(key->var);
	bool fits = IN_RANGE(key->offset, 0, INT_MAX);

	OUT("\t.long\t%ld, %ld\n", fits ? (long)key->offset : 0L,
	    fits && IN_RANGE(size, 0, INT_MAX) ? (long)size : 0L);
}

/* After sck_put_trampoline(), whose label SCK_NULL_CODE is meant. */
static void record_put(const struct sck_key *key, const char *symbol, const char *trampoline,
		       const char *group)
{
	char *no_target;

	sck_open_section(STATIC_CALL_KEY_RECORDS_SECTION, "aw", "progbits", group);
	OUT("\t.balign\t%d\n", STATIC_CALL_KEY_RECORD_SIZE);
	sck_define(symbol, group != NULL, "object");
	AT(record, version, 0);
	AT(record, size, 2);
	OUT("\t.short\t%d, %d\n", STATIC_CALL_KEY_ABI_VERSION, STATIC_CALL_KEY_RECORD_SIZE);
	AT(record, flags, 4);
	OUT("\t.long\t%u\n", key->flags);
	AT(record, key, 8);
	OUT("\t.quad\t");
	sck_put_variable(key);
	OUT("+%ld\n", (long)key->offset);
	AT(record, trampoline, 16);
	OUT("\t.long\t%s-.\n", trampoline);
	AT(record, name, 20);
	OUT("\t.long\t9f-.\n");
	AT(record, clobbers[0], 24);
	AT(record, clobbers[1], 32);
	OUT("\t.quad\t%#llx, %#llx\n", (unsigned long long)key->clobbers[0],
	    (unsigned long long)key->clobbers[1]);
	AT(record, null_code, 40);
	if (sck_has_null_code(key))
		OUT("\t.long\t" SCK_NULL_CODE "b-.\n");
	else
		OUT("\t.long\t0\n");
	AT(record, initial, 44);
	OUT("\t.long\t0\n");
	AT(record, offset, 48);
	AT(record, object, 52);
	record_put_extent(key);
	AT(record, initial_body, 56);
	AT(record, reserved, 60);
	OUT("\t.long\t0, 0\n");
	ENDS(record, 64, STATIC_CALL_KEY_RECORD_SIZE);
	OUT("\t.size\t%s, %d\n", symbol, STATIC_CALL_KEY_RECORD_SIZE);

	sck_open_section(".rodata.static_call_key_names", "a", "progbits", group);
	OUT("9:\t.string\t\"%s\"\n", key->path);
	no_target = sck_not_a_target(trampoline);
	OUT("%s", no_target);
	free(no_target);
}

/*
 * The kernel's key of the static call that objtool takes a site for: a struct static_call_key.
 * It leads to the trampoline, and so do the sites: the kernel has nothing to change, and
 * nobody knows of the key who could update it.
 */
void sck_put_kernel_key(const char *trampoline, const char *group)
{
	char *symbol = xasprintf(SCK_KERNEL_KEY "%s", trampoline + strlen(SCK_KERNEL_TRAMPOLINE));

	sck_open_section(".data.static_call_key_kernel", "aw", "progbits", group);
	OUT("\t.balign\t8\n");
	sck_define(symbol, true, "object");
	OUT("\t.quad\t%s, 0\n"
	    "\t.size\t%s, 16\n",
	    trampoline, symbol);
	free(symbol);
}

static void target_put(const struct sck_target *target)
{
	AT(target, target, 0);
	OUT("\t.quad\t");
	assemble_name(sck_out, IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(target->decl)));
	AT(target, clobbers[0], 8);
	AT(target, clobbers[1], 16);
	AT(target, reserved, 24);
	ENDS(target, 32, STATIC_CALL_KEY_TARGET_SIZE);
	OUT(", %#llx, %#llx, 0\n", (unsigned long long)target->clobbers[0],
	    (unsigned long long)target->clobbers[1]);
}

void sck_put_targets(const struct sck_key *)
{
	unsigned int i;

	sck_open_section(STATIC_CALL_KEY_TARGETS_SECTION, "aw", "progbits", NULL);
	OUT("\t.balign\t8\n");
	for (i = 0; i < sck_target_count(); i++)
		target_put(sck_target_nth(i));
}

char *sck_record_symbol(const struct sck_key *key)
{
	return xasprintf("static_call_key_record%s", key->symbol);
}

/* All that belongs to one key. */
void sck_put_key(const struct sck_key *key)
{
	char *trampoline = sck_trampoline_name(key->symbol);
	char *record = sck_record_symbol(key);
	const char *group = key->local ? NULL : record;

	if (DECL_EXTERNAL(key->var) && DECL_VISIBILITY_SPECIFIED(key->var) &&
	    DECL_VISIBILITY(key->var) != VISIBILITY_DEFAULT)
		sck_put_visibility(key);
	if (DECL_EXTERNAL(key->var) && DECL_WEAK(key->var)) {
		OUT("\t.weak\t");
		sck_put_variable(key);
		OUT("\n");
	}
	sck_put_trampoline(key, trampoline, group);
	record_put(key, record, trampoline, group);
	if (sck_options.kernel_module)
		sck_put_kernel_key(trampoline, group);
	free(trampoline);
	free(record);
}

/*
 * The variables of this unit that hold keys. Each entry is linked to the section of its
 * variable, and goes where that goes.
 */
static void object_put(tree var)
{
	tree group = DECL_COMDAT_GROUP(var);
	const char *name = IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(var));

	OUT("\t.section\t" STATIC_CALL_KEY_OBJECTS_SECTION ",\"aw%s%s\",@progbits",
	    DECL_COMMON(var) ? "" : "o", group ? "G" : "");
	/* gas takes the quotes that GCC 16 writes in Intel's syntax as part of the name. */
	if (!DECL_COMMON(var))
		OUT(",%s", sck_bare_name(var));
	if (group)
		OUT(",%s,comdat", IDENTIFIER_POINTER(group));
	AT(object, address, 0);
	OUT("\n\t.balign\t8\n\t.quad\t");
	assemble_name(sck_out, name);
	AT(object, size, 8);
	ENDS(object, 16, STATIC_CALL_KEY_OBJECT_SIZE);
	OUT(", %ld\n", (long)MAX(sck_object_size(var), 0));
}

static bool object_holds_keys(varpool_node *node)
{
	return !node->alias && TREE_ASM_WRITTEN(node->decl) &&
	       sck_var_has_key(node->decl, 0, HOST_WIDE_INT_MAX);
}

bool sck_have_objects(void)
{
	varpool_node *node;

	/* In the kernel, keys whose calls are in no module yet are of no interest. */
	if (sck_have_keys() && ix86_cmodel != CM_KERNEL)
		FOR_EACH_DEFINED_VARIABLE(node)
			if (object_holds_keys(node))
				return true;
	return false;
}

void sck_put_objects(const struct sck_key *)
{
	varpool_node *node;

	FOR_EACH_DEFINED_VARIABLE(node)
		if (object_holds_keys(node))
			object_put(node->decl);
}

/* Is this one of the variables of which static_call.h makes the table of offers? */
bool sck_is_offer(const_tree var)
{
	const char *section = DECL_SECTION_NAME(var);

	return section && !strcmp(section, STATIC_CALL_KEY_OFFERS_SECTION);
}

bool sck_have_offers(void)
{
	varpool_node *node;

	FOR_EACH_DEFINED_VARIABLE(node)
		if (sck_is_offer(node->decl))
			return true;
	return false;
}

static const char *const boundaries[] = { "start", "stop" };

/*
 * Two words of the descriptor. The symbols are those that the linker makes for the bounds of a
 * table, if it is not empty.
 */
static void module_put_table(const char *section)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(boundaries); i++)
		OUT("\t.weak\t__%s_%s\n\t.hidden\t__%s_%s\n\t.quad\t__%s_%s\n", boundaries[i],
		    section, boundaries[i], section, boundaries[i], section);
}

/*
 * For static_call_key.lds: of no section at all it would make one without memory, which
 * modpost warns of. What is linked to the section of other entries' code is linked to
 * something here too: older linkers put nothing else together with it.
 */
static void module_put_nothing(const char *section, const char *flags, const char *type)
{
	bool linked = strchr(flags, 'o') != NULL;

	OUT("\t.section\t%s,\"%sG\",@%s,%s%s,comdat\n", section, flags, type,
	    linked ? STATIC_CALL_KEY_MODULE "," : "", STATIC_CALL_KEY_MODULE);
}

/* The sections that static_call_key.lds puts together. */
static const struct {
	const char *section, *flags, *type;
} module_tables[] = {
	{ STATIC_CALL_KEY_SITES_SECTION, "ao", "progbits" },
	{ STATIC_CALL_KEY_RECORDS_SECTION, "aw", "progbits" },
	{ STATIC_CALL_KEY_TARGETS_SECTION, "aw", "progbits" },
	{ STATIC_CALL_KEY_GUARDS_SECTION, "ao", "progbits" },
	{ STATIC_CALL_KEY_BODIES_SECTION, "ao", "progbits" },
	{ STATIC_CALL_KEY_OFFERS_SECTION, "aw", "progbits" },
	{ STATIC_CALL_KEY_DYNAMICS_SECTION, "ao", "progbits" },
	{ STATIC_CALL_KEY_ROOM_SECTION, "ax", "progbits" },
	{ STATIC_CALL_KEY_COUNTS_SECTION, "aw", "nobits" },
};

/* Where code for dynamic calls may be, if a unit of the module has such. */
static void module_put_room(void)
{
	static const char bounds[] = STATIC_CALL_KEY_ROOM_SECTION "_bounds";

	if (sck_kernel_units())
		OUT("\t.weak\t%s\n\t.hidden\t%s\n\t.quad\t%s\n", bounds, bounds, bounds);
	else
		OUT("\t.quad\t0\n");
}

/* Kernel code has no constructors; its port finds the descriptor by its name. */
void sck_put_module(const struct sck_key *)
{
	bool kernel = ix86_cmodel == CM_KERNEL;
	unsigned int i;

	sck_open_section(".data.static_call_key_module", "aw", "progbits", STATIC_CALL_KEY_MODULE);
	OUT("\t.balign\t16\n");
	sck_define(STATIC_CALL_KEY_MODULE, true, "object");

	AT(module, version, 0);
	AT(module, size, 2);
	OUT("\t.short\t%d, %d\n", STATIC_CALL_KEY_ABI_VERSION, STATIC_CALL_KEY_MODULE_SIZE);
	AT(module, flags, 4);
	OUT("\t.long\t0\n");
	AT(module, sites_start, 8);
	AT(module, sites_stop, 16);
	module_put_table(STATIC_CALL_KEY_SITES_SECTION);
	AT(module, records_start, 24);
	AT(module, records_stop, 32);
	module_put_table(STATIC_CALL_KEY_RECORDS_SECTION);
	AT(module, runtime, 40);
	OUT("\t.quad\t0\n");
	AT(module, targets_start, 48);
	AT(module, targets_stop, 56);
	module_put_table(STATIC_CALL_KEY_TARGETS_SECTION);
	/* The same place twice: in code that was moved, one of them leads to where it was. */
	AT(module, code, 64);
	AT(module, code_here, 72);
	AT(module, reserved, 76);
	if (kernel)
		OUT("\t.quad\t0, 0\n");
	else
		OUT("\t.quad\tstatic_call_key_module_init\n"
		    "\t.long\tstatic_call_key_module_init - ., 0\n");
	AT(module, objects_start, 80);
	AT(module, objects_stop, 88);
	if (kernel)
		OUT("\t.quad\t0, 0\n");
	else
		module_put_table(STATIC_CALL_KEY_OBJECTS_SECTION);
	AT(module, range_lo, STATIC_CALL_KEY_MODULE_RANGE);
	sck_define(STATIC_CALL_KEY_RANGE, true, "object");
	OUT("\t.quad\t0\n");
	AT(module, range_span, STATIC_CALL_KEY_MODULE_RANGE + 8);
	sck_define(STATIC_CALL_KEY_RANGE_SPAN, true, "object");
	OUT("\t.quad\t0\n");
	AT(module, guards_start, 112);
	AT(module, guards_stop, 120);
	module_put_table(STATIC_CALL_KEY_GUARDS_SECTION);
	AT(module, bodies_start, 128);
	AT(module, bodies_stop, 136);
	module_put_table(STATIC_CALL_KEY_BODIES_SECTION);
	AT(module, offers_start, 144);
	AT(module, offers_stop, 152);
	module_put_table(STATIC_CALL_KEY_OFFERS_SECTION);
	AT(module, dynamics_start, 160);
	AT(module, dynamics_stop, 168);
	module_put_table(STATIC_CALL_KEY_DYNAMICS_SECTION);
	AT(module, learn, STATIC_CALL_KEY_MODULE_LEARN);
	sck_define(STATIC_CALL_KEY_LEARN, true, "object");
	OUT("\t.quad\t0\n");
	AT(module, room, 184);
	module_put_room();
	ENDS(module, 192, STATIC_CALL_KEY_MODULE_SIZE);
	OUT("\t.size\t%s, %d\n", STATIC_CALL_KEY_MODULE, STATIC_CALL_KEY_MODULE_SIZE);

	if (!kernel) {
		sck_put_module_functions();
		return;
	}
	for (i = 0; i < ARRAY_SIZE(module_tables); i++)
		module_put_nothing(module_tables[i].section, module_tables[i].flags,
				   module_tables[i].type);
}
