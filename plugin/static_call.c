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

/* The values of stores=, in the order of enum sck_stores. */
static const char *const store_names[] = { "sync", "named", "warn", "error" };

static bool set_stores(const char *value)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(store_names); i++) {
		if (strcmp(value, store_names[i]))
			continue;
		sck_options.stores_given = true;
		sck_options.stores = (enum sck_stores)i;
		return true;
	}
	return false;
}

/* What an option takes. */
enum value { NO_VALUE, MAY_HAVE_VALUE, STORES_VALUE };

static const struct option {
	const char *name;
	enum value value;
	bool *flag;
} options[] = {
	{ "disable", NO_VALUE, &sck_options.disable },
	{ "report", MAY_HAVE_VALUE, &sck_options.report },
	{ "stores", STORES_VALUE, NULL },
	{ "strict", NO_VALUE, &sck_options.strict },
	{ "verbose", NO_VALUE, &sck_options.verbose },
	{ "version", NO_VALUE, NULL },
};

/* "sync, named, warn, error": to be freed. */
static char *store_values(void)
{
	char *list = xstrdup(store_names[0]);
	unsigned int i;

	for (i = 1; i < ARRAY_SIZE(store_names); i++)
		list = reconcat(list, list, ", ", store_names[i], NULL);
	return list;
}

static void option_unknown(const char *plugin, const char *key, const char *value)
{
	char *list = xstrdup(options[0].name);
	unsigned int i;

	for (i = 1; i < ARRAY_SIZE(options); i++)
		list = reconcat(list, list, ", ", options[i].name, NULL);
	error("unrecognized plugin option %<-fplugin-arg-%s-%s%s%s%>: there are %s", plugin, key,
	      value ? "=" : "", value ? value : "", list);
	free(list);
}

/* The option has a value that does not fit it, or it has none and needs one. */
static void value_wrong(const char *plugin, const struct option *option, const char *value)
{
	char *list;

	switch (option->value) {
	case NO_VALUE:
		error("unrecognized plugin option %<-fplugin-arg-%s-%s=%s%>: %qs takes no value",
		      plugin, option->name, value, option->name);
		break;
	case MAY_HAVE_VALUE:
		error("unrecognized plugin option %<-fplugin-arg-%s-%s=%>: %<=%> wants the name "
		      "of a file",
		      plugin, option->name);
		break;
	case STORES_VALUE:
		list = store_values();
		error("unrecognized plugin option %<-fplugin-arg-%s-%s%s%s%>: its values are %s",
		      plugin, option->name, value ? "=" : "", value ? value : "", list);
		free(list);
		break;
	}
}

static bool set_option(const struct option *option, const char *value)
{
	switch (option->value) {
	case NO_VALUE:
		if (value)
			return false;
		break;
	case MAY_HAVE_VALUE:
		if (value && !*value)
			return false;
		if (value) {
			sck_options.report_file = value;
			return true;
		}
		break;
	case STORES_VALUE:
		return value && set_stores(value);
	}
	if (option->flag)
		*option->flag = true;
	else
		inform(UNKNOWN_LOCATION, "%<static_call%> " STATIC_CALL_VERSION ", for GCC %s",
		       gcc_version.basever);
	return true;
}

/* False, with an error, for what we do not know. */
static bool parse_option(const char *plugin, const char *key, const char *value)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(options); i++) {
		if (strcmp(key, options[i].name))
			continue;
		if (set_option(&options[i], value))
			return true;
		value_wrong(plugin, &options[i], value);
		return false;
	}
	option_unknown(plugin, key, value);
	return false;
}

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
	sck_find_imported();
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
	sck_emit_seen();
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
	if (has_pass(g->get_passes()->all_lowering_passes, SCK_ATTRIBUTE) ||
	    has_pass(g->get_passes()->all_small_ipa_passes, SCK_ATTRIBUTE)) {
		error("the plugin %qs is a second copy of the %<static_call%> plugin in this "
		      "compilation: load one of them",
		      args->base_name);
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
	sck_register_seen_passes(args->base_name);
	return 0;
}
