/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * static_call: a GCC plugin that turns calls through tagged function pointers
 * into direct calls that a runtime can retarget. See README.md for users, and
 * static_call_abi.h for what the plugin leaves in the object file.
 *
 * The plugin is built in floors. A file calls those of its own floor and of the floors
 * below it, never one above; scripts/check-floors sees to that, and to it that no two files
 * need each other. From the ground up:
 *
 *   model/   what the words mean. Knows no pass.
 *     options      what the user asked for
 *     decl         names, and declarations that the plugin makes
 *     keys         what in the program is a key
 *     refs         references to memory: which key is this?
 *     reach        may this pointer lead to a key?
 *     sets         sets of registers that a call may change
 *     targets      functions that keep some, which the runtime is told of
 *     calls        the keys that calls go through, and their trampolines' declarations
 *     likely       what a key most likely holds
 *     dynamic      calls through what is no key, and the states that they learn in
 *     report       what the user is told
 *   emit/    what the object file gets besides GCC's own code. The passes say what they
 *            want; nothing here asks them back.
 *     text         sections, symbols, returns and jumps as assembly text
 *     trampolines  what a site calls while it is not patched
 *     functions    what compiled code calls after a store, constructors
 *     dynamic      where dynamic calls lead as linked
 *     tables       records, targets, objects, the module descriptor
 *     unit         puts together what was wanted
 *   front/   the front ends: is the attribute on something sensible?
 *     attributes   static_call_key
 *     clobbers     static_call_clobbers
 *     thunk        static_call_thunk: functions that call another
 *     inline       static_call_key_inline: functions to be inlined
 *     dynamic      static_call_dynamic, static_call_never
 *     imports      tags that C++ modules and precompiled headers bring
 *     offers       what functions are offered to
 *     seen         which functions saw the tags of the keys that they use
 *     places       the same of what is tagged and what is stored to, for other units
 *   rtl/     machine code
 *     abi          what the register allocator of callers knows of a set
 *     preserve     functions that are defined with a set
 *     sites        alignment, label and table entry of each site: the last pass
 *     bodies       functions that are one instruction
 *     guards       the same of guards
 *     dynamic      the same of dynamic calls
 *   gimple/  the way of a call, and of a store, from the source
 *     origin       does this callee come from a key, and is it still good?
 *     writes       what a statement writes
 *     stores       stores that may change a key -> resync after them
 *     flow         what pointers with a set are given
 *     lower        the early pass: calls through keys -> calls of trampolines
 *     profile      what GCC counts is the program without the plugin
 *     guard        calls with a likely target get a guard: -asm, the statement; -name, -choose,
 *                  the targets; -copy, those of any size; -fold, what was not inlined
 *     dynamic      the last pass: other calls through pointers may learn their targets
 *     resync       a later pass: one resync for a run of stores, tests in front
 *
 * This file stands on top, and is the only one that knows all of them.
 *
 * Options, each as -fplugin-arg-static_call-NAME[=VALUE]:
 *
 *	report		a note for each call through a pointer: direct or why not
 *	report=FILE	the same as JSON lines, appended to FILE
 *	stores=sync	follow stores that may change a key by a resync (the default;
 *			in freestanding code the default is warn)
 *	stores=named	... only stores that name a key: its variable, a tagged member
 *	stores=warn	... warn instead
 *	stores=error	... refuse them instead
 *	guards=auto	guards for functions that GCC would inline (the default), or that
 *			the user names
 *	guards=named	... only for the latter
 *	guards=off	no guards
 *	guards=all	a guard wherever the unit shows a function, for tests of guards
 *	dynamic=named	calls through what is no key learn their targets where the source asks
 *			for it (the default)
 *	dynamic=all	... all do, but in code that is rarely run
 *	dynamic=everywhere	... there too
 *	dynamic=off	... none does
 *	strict		keep calls indirect whose arguments may change the key
 *	disable		accept the attribute, change nothing
 *	kernel-builtin	the code is for a kernel that has the runtime built in, or for a module of
 *			it: its objtool reads the table of guards, and its own patching
 *			writes what else than branches can stand in a site
 *	kernel-module	the code is for a module of a kernel that knows nothing of this: its
 *			objtool is shown sites as the kernel's own static calls, and guards as
 *			its jump labels, so that it follows both ways of a guard, and the
 *			kernel lets no kprobe on either
 *	kernel-vmlinux	with kernel-builtin: the code is vmlinux's own, where the runtime has what
 *			dynamic calls lead to
 *	kernel-loadable	with kernel-builtin: the code is for a loadable module, where each unit has
 *			that, and room for what they learn. Without either option no call is
 *			dynamic
 *	verbose		a note for each site
 *	version		say which version this is
 *
 * To debug: report, verbose, -fdump-tree-static_call_key, -S.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/decl.h"
#include "model/keys.h"
#include "model/calls.h"
#include "model/sets.h"
#include "model/report.h"
#include "emit/emit.h"
#include "front/front.h"
#include "rtl/passes.h"
#include "gimple/passes.h"

__attribute__((visibility("default"))) int plugin_is_GPL_compatible;

static struct plugin_info info = { STATIC_CALL_VERSION, sck_options_help };

static bool has_pass(opt_pass *pass, const char *name)
{
	for (; pass; pass = pass->next)
		if ((pass->name && !strcmp(pass->name, name)) || has_pass(pass->sub, name))
			return true;
	return false;
}

/*
 * Records and trampolines are top-level asm under -flto. A link that loses it fails with
 * references that nobody understands, so it is made without the option that does this.
 */
static void keep_toplevel_asm(void)
{
	if (!in_lto_p || !flag_wpa || !SCK_LOCALITY_LOSES_ASM())
		return;
	SCK_NO_LOCALITY();
	inform(UNKNOWN_LOCATION, "%<-fipa-reorder-for-locality%> is ignored: this GCC loses "
				 "top-level %<asm%> with it, which keys are made of");
}

/* Options that are only known now. */
static void plugin_start_unit(void *, void *)
{
	keep_toplevel_asm();
	if (!sck_options.stores_given)
		sck_options.stores = &flag_hosted && flag_hosted ? SCK_STORES_SYNC
								 : SCK_STORES_WARN;
}

/* Parsing is over, and no pass has run yet. */
static void plugin_start_ipa(void *, void *)
{
	if (in_lto_p)
		return;
	sck_find_imported();
	sck_check_offers();
	if (flag_lto && sck_have_keys()) {
		sck_preserve_all();
		sck_mark_bodies();
	}
	if (flag_lto)
		sck_emit_start();
	if (sck_have_limited())
		sck_check_initializers();
}

static void plugin_finish_unit(void *, void *)
{
	sck_emit_unit();
	sck_emit_seen();
	if (sck_options.report_file)
		sck_report_tags();
	sck_report_unit();
}

static void plugin_finish(void *, void *)
{
	sck_report_flush();
}

/* instance: of several passes of that name, the one to insert at; 0: at all of them. */
static void insert_pass_at(const char *plugin_name, opt_pass *pass, enum pass_positioning_ops where,
			   const char *reference, int instance)
{
	struct register_pass_info info;

	info.pass = pass;
	info.pos_op = where;
	info.reference_pass_name = reference;
	info.ref_pass_instance_number = instance;
	register_callback(plugin_name, PLUGIN_PASS_MANAGER_SETUP, NULL, &info);
}

static void insert_pass(const char *plugin_name, opt_pass *pass, enum pass_positioning_ops where,
			const char *reference)
{
	insert_pass_at(plugin_name, pass, where, reference, 1);
}

/* Of two passes before the same one, the one that is inserted first runs first. */
static void insert_passes(const char *plugin_name)
{
	insert_pass(plugin_name, sck_make_name_pass(), PASS_POS_INSERT_AFTER, "cfg");
	insert_pass(plugin_name, sck_make_keep_pass(), PASS_POS_INSERT_AFTER, "cfg");
	insert_pass(plugin_name, sck_make_lower_pass(), PASS_POS_INSERT_AFTER, "ssa");
	insert_pass(plugin_name, sck_make_drop_pass(), PASS_POS_INSERT_AFTER, "einline");
	insert_pass(plugin_name, sck_make_guess_pass(true), PASS_POS_INSERT_BEFORE,
		    "profile_estimate");
	insert_pass(plugin_name, sck_make_guess_pass(false), PASS_POS_INSERT_AFTER,
		    "profile_estimate");
	insert_pass(plugin_name, sck_make_hide_pass(), PASS_POS_INSERT_BEFORE, "profile");
	insert_pass_at(plugin_name, sck_make_show_pass(), PASS_POS_INSERT_BEFORE,
		       "feedback_fnsplit", 0);
	insert_pass(plugin_name, sck_make_done_pass(), PASS_POS_INSERT_AFTER, "profile");
	/* The last of the small passes over the whole unit. */
	insert_pass(plugin_name, sck_make_guard_pass(), PASS_POS_INSERT_AFTER, "emutls");
	insert_pass(plugin_name, sck_make_settle_pass(), PASS_POS_INSERT_AFTER, "inline");
	insert_pass(plugin_name, sck_make_resync_pass(), PASS_POS_INSERT_AFTER, "ehdisp");
	insert_pass(plugin_name, sck_make_fold_pass(), PASS_POS_INSERT_AFTER, "ehdisp");
	insert_pass(plugin_name, sck_make_version_pass(), PASS_POS_INSERT_BEFORE, "unswitch");
	insert_pass(plugin_name, sck_make_dynamic_pass(), PASS_POS_INSERT_BEFORE, "optimized");
	insert_pass(plugin_name, sck_make_guard_registers_pass(), PASS_POS_INSERT_BEFORE, "ira");
	insert_pass(plugin_name, sck_make_preserve_pass(), PASS_POS_INSERT_BEFORE, "eh_ranges");
	insert_pass(plugin_name, sck_make_sites_pass(), PASS_POS_INSERT_BEFORE, "shorten");
	insert_pass(plugin_name, sck_make_bodies_pass(), PASS_POS_INSERT_BEFORE, "shorten");
	insert_pass(plugin_name, sck_make_seen_pass(), PASS_POS_INSERT_BEFORE, "shorten");
	/* Before anything of the link changes what refers to what. */
	insert_pass(plugin_name, sck_make_compare_pass(), PASS_POS_INSERT_BEFORE, "whole-program");
}

__attribute__((visibility("default"))) int plugin_init(struct plugin_name_args *args,
						       struct plugin_gcc_version *version)
{
	int i;

	if (!plugin_default_version_check(version, &gcc_version)) {
		error("the plugin %qs was built for GCC %s (%s, %s) and cannot be loaded by "
		      "GCC %s (%s, %s): build it with %<make CC=gcc-%d%>",
		      args->base_name, gcc_version.basever, gcc_version.datestamp,
		      gcc_version.devphase, version->basever, version->datestamp, version->devphase,
		      atoi(version->basever));
		return 1;
	}
	if (has_pass(g->get_passes()->all_lowering_passes, SCK_ATTRIBUTE) ||
	    has_pass(g->get_passes()->all_small_ipa_passes, SCK_ATTRIBUTE)) {
		error("the plugin %qs is a second copy of the %<static_call%> plugin in this "
		      "compilation: load one of them",
		      args->base_name);
		return 1;
	}
	for (i = 0; i < args->argc; i++)
		if (!sck_option_parse(args->base_name, args->argv[i].key, args->argv[i].value))
			return 1;

	register_callback(args->base_name, PLUGIN_INFO, NULL, &info);
	register_callback(args->base_name, PLUGIN_ATTRIBUTES, sck_register_attributes, NULL);
	if (sck_options.disable)
		return 0;
	sck_decl_register_roots(args->base_name);
	sck_keys_register_roots(args->base_name);
	register_callback(args->base_name, PLUGIN_START_UNIT, plugin_start_unit, NULL);
	register_callback(args->base_name, PLUGIN_GGC_START, sck_find_precompiled, NULL);
	register_callback(args->base_name, PLUGIN_FINISH_DECL, sck_finish_decl, NULL);
	register_callback(args->base_name, PLUGIN_ALL_IPA_PASSES_START, plugin_start_ipa, NULL);
	register_callback(args->base_name, PLUGIN_FINISH_UNIT, plugin_finish_unit, NULL);
	register_callback(args->base_name, PLUGIN_FINISH, plugin_finish, NULL);
	sck_register_abi();
	insert_passes(args->base_name);
	return 0;
}
