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
	"disable\taccept the attribute, change nothing\n"
	"verbose\ta note for each call site\n"
	"version\tsay which version this is\n";

/* The values of stores=, in the order of enum sck_stores. */
static const char *const store_names[] = { "sync", "named", "warn", "error" };

/* What stores= is, as the reports have it. */
const char *sck_option_stores(void)
{
	return store_names[sck_options.stores];
}

static bool option_set_stores(const char *value)
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
static char *option_store_values(void)
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
	case STORES_VALUE:
		list = option_store_values();
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
	case STORES_VALUE:
		return value && option_set_stores(value);
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
