/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * static_call: a GCC plugin that turns calls through tagged function pointers
 * into direct calls that a runtime can retarget. See README.md for users,
 * sck.h for the way of a call through the files, static_call_abi.h for what the
 * plugin leaves in the object file.
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
 *	strict		keep calls indirect whose arguments may change the key
 *	disable		accept the attribute, change nothing
 *	verbose		a note for each site
 *	version		say which version this is
 *
 * To debug: report, verbose, -fdump-tree-static_call_key, -S.
 */
#include "gcc-compat.h"
#include "sck.h"

__attribute__((visibility("default"))) int plugin_is_GPL_compatible;

struct sck_options sck_options;

static struct plugin_info info = {
	STATIC_CALL_VERSION,
	"report[=FILE]\ta note (or a JSON line in FILE) for each call through a pointer\n"
	"stores=sync|named|warn|error\twhat to do at a store that may change a key\n"
	"strict\tkeep calls indirect whose arguments may change the key\n"
	"disable\taccept the attribute, change nothing\n"
	"verbose\ta note for each call site\n"
	"version\tsay which version this is\n",
};

static bool set_stores(const char *value)
{
	sck_options.stores_given = true;
	if (!strcmp(value, "sync"))
		sck_options.stores = SCK_STORES_SYNC;
	else if (!strcmp(value, "named"))
		sck_options.stores = SCK_STORES_NAMED;
	else if (!strcmp(value, "warn"))
		sck_options.stores = SCK_STORES_WARN;
	else if (!strcmp(value, "error"))
		sck_options.stores = SCK_STORES_ERROR;
	else
		return false;
	return true;
}

/* False, with an error, for what we do not know. */
static bool parse_option(const char *plugin, const char *key, const char *value)
{
	static bool *const flags[] = { &sck_options.disable, &sck_options.strict,
				       &sck_options.verbose };
	static const char *const names[] = { "disable", "strict", "verbose" };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		if (strcmp(key, names[i]))
			continue;
		if (value)
			break;
		*flags[i] = true;
		return true;
	}
	if (!strcmp(key, "version") && !value) {
		inform(UNKNOWN_LOCATION, "%<static_call%> " STATIC_CALL_VERSION ", for GCC %s",
		       gcc_version.basever);
		return true;
	}
	if (!strcmp(key, "report") && (!value || *value)) {
		if (value)
			sck_options.report_file = value;
		else
			sck_options.report = true;
		return true;
	}
	if (!strcmp(key, "stores") && value && set_stores(value))
		return true;
	if (value)
		error("unrecognized plugin option %<-fplugin-arg-%s-%s=%s%>", plugin, key, value);
	else
		error("unrecognized plugin option %<-fplugin-arg-%s-%s%>", plugin, key);
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
static void start_unit(void *, void *)
{
	keep_toplevel_asm();
	if (!sck_options.stores_given)
		sck_options.stores = &flag_hosted && flag_hosted ? SCK_STORES_SYNC
								 : SCK_STORES_WARN;
}

static void start_ipa(void *, void *)
{
	if (in_lto_p)
		return;
	if (flag_lto && sck_have_keys())
		sck_preserve_all();
	if (flag_lto)
		sck_emit_lto_start();
	if (sck_have_limited())
		sck_check_initializers();
}

static void finish_unit(void *, void *)
{
	sck_emit_unit();
	sck_report_unit();
}

static void finish(void *, void *)
{
	sck_report_flush();
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
	for (i = 0; i < args->argc; i++)
		if (!parse_option(args->base_name, args->argv[i].key, args->argv[i].value))
			return 1;

	register_callback(args->base_name, PLUGIN_INFO, NULL, &info);
	register_callback(args->base_name, PLUGIN_ATTRIBUTES, sck_register_attributes, NULL);
	if (sck_options.disable)
		return 0;
	sck_keys_register_roots(args->base_name);
	register_callback(args->base_name, PLUGIN_START_UNIT, start_unit, NULL);
	register_callback(args->base_name, PLUGIN_FINISH_DECL, sck_finish_decl, NULL);
	register_callback(args->base_name, PLUGIN_ALL_IPA_PASSES_START, start_ipa, NULL);
	register_callback(args->base_name, PLUGIN_FINISH_UNIT, finish_unit, NULL);
	register_callback(args->base_name, PLUGIN_FINISH, finish, NULL);
	sck_register_abi();
	sck_register_lower_pass(args->base_name);
	sck_register_resync_pass(args->base_name);
	sck_register_preserve_pass(args->base_name);
	sck_register_sites_pass(args->base_name);
	return 0;
}
