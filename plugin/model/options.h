/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options of the plugin, and what those of the compilation rule out. */
#ifndef STATIC_CALL_MODEL_OPTIONS_H
#define STATIC_CALL_MODEL_OPTIONS_H

enum sck_stores { SCK_STORES_SYNC, SCK_STORES_NAMED, SCK_STORES_WARN, SCK_STORES_ERROR };

/*
 * Which calls get a guard: none, those with functions that the user names, those with functions
 * that GCC would inline, too; or, for tests of guards, all for which there is a function.
 */
enum sck_guards { SCK_GUARDS_AUTO, SCK_GUARDS_NAMED, SCK_GUARDS_OFF, SCK_GUARDS_ALL };

/*
 * Which calls through what is no key are made dynamic: those that the source asks for; all others
 * too, but for code that is rarely run, or also there; or none.
 */
enum sck_dynamics { SCK_DYNAMIC_NAMED, SCK_DYNAMIC_ALL, SCK_DYNAMIC_EVERYWHERE, SCK_DYNAMIC_OFF };

struct sck_options {
	bool disable;
	bool kernel_module;
	bool kernel_builtin;
	bool kernel_loadable;
	bool kernel_vmlinux;
	bool strict;
	bool verbose;
	bool report;             /* notes on stderr */
	const char *report_file; /* JSON lines, or NULL */
	bool stores_given;
	enum sck_stores stores;
	enum sck_guards guards;
	enum sck_dynamics dynamic;
};

extern struct sck_options sck_options;
extern const char sck_options_help[];

/* Are stores followed by resyncs? */
static inline bool sck_stores_followed(void)
{
	return sck_options.stores == SCK_STORES_SYNC || sck_options.stores == SCK_STORES_NAMED;
}

bool sck_option_parse(const char *plugin, const char *key, const char *value);
const char *sck_option_stores(void);
bool sck_machine_supported(void);
bool sck_options_beyond_branches(void);
bool sck_no_direct_calls(void);

/* Is there, in a kernel, somebody who knows of dynamic calls? */
static inline bool sck_kernel_dynamic(void)
{
	return sck_options.kernel_module || sck_options.kernel_loadable ||
	       sck_options.kernel_vmlinux;
}

/* ... for whom each unit has what its calls lead to, and room for what they learn? */
static inline bool sck_kernel_units(void)
{
	return sck_options.kernel_module || sck_options.kernel_loadable;
}

#endif /* STATIC_CALL_MODEL_OPTIONS_H */
