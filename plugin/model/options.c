/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The options of the plugin, read from the command line, and what those of the compiler
 * rule out. The list of them is at the head of static_call.c.
 */
#include "gcc-compat.h"
#include "model/options.h"

struct sck_options sck_options;

const char sck_options_help[] =
	"report[=FILE]\ta note (or a JSON line in FILE) for each call through a pointer\n"
	"stores=sync|named|warn|error\twhat to do at a store that may change a key\n"
	"strict\tkeep calls indirect whose arguments may change the key\n"
	"guards=auto|named|off|all\twhich calls get the target inlined under a guard\n"
	"dynamic=named|all|everywhere|off\twhich calls through what is no key may learn\n"
	"disable\taccept the attribute, change nothing\n"
	"kernel-builtin\tthe kernel has the runtime, and its objtool knows guards\n"
	"kernel-loadable\tdynamic calls are those of a module of such a kernel\n"
	"kernel-module\ttell the kernel of sites as of its own static calls\n"
	"kernel-vmlinux\tdynamic calls are those of a kernel that has the runtime\n"
	"verbose\ta note for each call site\n"
	"version\tsay which version this is\n";

/* The values of stores=, in the order of enum sck_stores. */
static const char *const store_names[] = { "sync", "named", "warn", "error" };

/* What stores= is, as the reports have it. */
const char *sck_option_stores(void)
{
	return store_names[sck_options.stores];
}

/* The values of guards=, in the order of enum sck_guards. */
static const char *const guard_names[] = { "auto", "named", "off", "all" };

/* The values of dynamic=, in the order of enum sck_dynamics. */
static const char *const dynamic_names[] = { "named", "all", "everywhere", "off" };

/* The index of a word in a list, or -1. */
static int option_find(const char *const *names, unsigned int count, const char *value)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (!strcmp(value, names[i]))
			return i;
	return -1;
}

static bool option_set_stores(const char *value)
{
	int found = option_find(store_names, ARRAY_SIZE(store_names), value);

	if (found < 0)
		return false;
	sck_options.stores_given = true;
	sck_options.stores = (enum sck_stores)found;
	return true;
}

static bool option_set_guards(const char *value)
{
	int found = option_find(guard_names, ARRAY_SIZE(guard_names), value);

	if (found < 0)
		return false;
	sck_options.guards = (enum sck_guards)found;
	return true;
}

static bool option_set_dynamic(const char *value)
{
	int found = option_find(dynamic_names, ARRAY_SIZE(dynamic_names), value);

	if (found < 0)
		return false;
	sck_options.dynamic = (enum sck_dynamics)found;
	return true;
}

/* What an option takes: nothing, the name of a file or nothing, or one word of a list. */
enum value { NO_VALUE, MAY_HAVE_VALUE, WORD_VALUE };

static const struct option {
	const char *name;
	enum value value;
	bool *flag;
	const char *const *words; /* of WORD_VALUE, and */
	unsigned int count;
	bool (*set)(const char *value);
} options[] = {
	{ "disable", NO_VALUE, &sck_options.disable, NULL, 0, NULL },
	{ "dynamic", WORD_VALUE, NULL, dynamic_names, ARRAY_SIZE(dynamic_names),
	  option_set_dynamic },
	{ "guards", WORD_VALUE, NULL, guard_names, ARRAY_SIZE(guard_names), option_set_guards },
	{ "kernel-builtin", NO_VALUE, &sck_options.kernel_builtin, NULL, 0, NULL },
	{ "kernel-loadable", NO_VALUE, &sck_options.kernel_loadable, NULL, 0, NULL },
	{ "kernel-module", NO_VALUE, &sck_options.kernel_module, NULL, 0, NULL },
	{ "kernel-vmlinux", NO_VALUE, &sck_options.kernel_vmlinux, NULL, 0, NULL },
	{ "report", MAY_HAVE_VALUE, &sck_options.report, NULL, 0, NULL },
	{ "stores", WORD_VALUE, NULL, store_names, ARRAY_SIZE(store_names), option_set_stores },
	{ "strict", NO_VALUE, &sck_options.strict, NULL, 0, NULL },
	{ "verbose", NO_VALUE, &sck_options.verbose, NULL, 0, NULL },
	{ "version", NO_VALUE, NULL, NULL, 0, NULL },
};

/* "sync, named, warn, error": to be freed. */
static char *option_words(const struct option *option)
{
	char *list = xstrdup(option->words[0]);
	unsigned int i;

	for (i = 1; i < option->count; i++)
		list = reconcat(list, list, ", ", option->words[i], NULL);
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
static void option_value_wrong(const char *plugin, const struct option *option, const char *value)
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
	case WORD_VALUE:
		list = option_words(option);
		error("unrecognized plugin option %<-fplugin-arg-%s-%s%s%s%>: its values are %s",
		      plugin, option->name, value ? "=" : "", value ? value : "", list);
		free(list);
		break;
	}
}

static bool option_set(const struct option *option, const char *value)
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
	case WORD_VALUE:
		return value && option->set(value);
	}
	if (option->flag)
		*option->flag = true;
	else
		inform(UNKNOWN_LOCATION, "%<static_call%> " STATIC_CALL_VERSION ", for GCC %s",
		       gcc_version.basever);
	return true;
}

/* One -fplugin-arg-NAME-KEY[=VALUE]. False, with an error, for what we do not know. */
bool sck_option_parse(const char *plugin, const char *key, const char *value)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(options); i++) {
		if (strcmp(key, options[i].name))
			continue;
		if (option_set(&options[i], value))
			return true;
		option_value_wrong(plugin, &options[i], value);
		return false;
	}
	option_unknown(plugin, key, value);
	return false;
}

/* Do these options keep calls from being direct, whatever is known of them? */
bool sck_no_direct_calls(void)
{
	return ix86_cmodel == CM_LARGE || ix86_cmodel == CM_LARGE_PIC || flag_force_indirect_call;
}

/*
 * May what the runtime writes to sites be more than branches and no-ops, and may code be reached by
 * patching only? In a kernel somebody has to know of it.
 */
bool sck_options_beyond_branches(void)
{
	return ix86_cmodel != CM_KERNEL || sck_options.kernel_module || sck_options.kernel_builtin;
}

/* Complain once that the options of this compilation rule keys out. */
bool sck_machine_supported(void)
{
	static bool told;

	if (TARGET_64BIT && !TARGET_X32)
		return true;
	if (!told)
		error("%<static_call_key%> needs 64-bit x86 code: %qs is not supported; "
		      "use %<-fplugin-arg-static_call-disable%>",
		      TARGET_X32 ? "-mx32" : "-m32");
	told = true;
	return false;
}
