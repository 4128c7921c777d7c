/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -fplugin-arg-static_call-report: a note for each call through a pointer, made
 * direct or left indirect and why. -fplugin-arg-static_call-report=FILE: the same
 * as JSON, an object a line, appended to FILE when the unit is done, by one
 * write(2), so that parallel compilations do not mix.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/calls.h"
#include "model/dynamic.h"
#include "model/report.h"
#include <fcntl.h>

static const char *const reason_name[SCK_REASONS] = {
	NULL,      "untagged",    "variable-index", "changed-between", "volatile",
	"atomic",  "not-static",  "thread-local",   "several-values",  "code-model",
	"packed",  "strict",      "address-space",  "out-of-bounds",   "weak",
	"virtual", "transaction",
};

static const char *const reason_text[SCK_REASONS] = {
	NULL,
	"no key is involved",
	"the index of the element is not a constant",
	"the key may change between the load of the pointer and the call",
	"the load is volatile",
	"the load is atomic",
	"the object is not known to hold a key: automatic, on the heap, or of another type",
	"the object is thread-local",
	"the pointer is one of several values",
	"-mcmodel=large and -mforce-indirect-call allow no direct calls",
	"the pointer is not aligned",
	"strict: the key may change while the arguments are evaluated",
	"the object is in a named address space",
	"the pointer lies outside its object",
	"the object is weak, and may not be there",
	"a virtual function is called",
	"a transaction calls another body of the function",
};

static FILE *lines; /* memory, until the unit is done */
static char *lines_text;
static size_t lines_length;
static unsigned int direct, indirect, stores, sites, dynamics;

static void report_put_string(const char *s)
{
	putc('"', lines);
	for (; *s; s++) {
		unsigned char c = *s;

		if (c == '"' || c == '\\') {
			putc('\\', lines);
			putc(c, lines);
		} else if (c < 0x20) {
			fprintf(lines, "\\u%04x", c);
		} else {
			putc(c, lines);
		}
	}
	putc('"', lines);
}

static void report_put_member(const char *name, const char *value)
{
	if (!value)
		return;
	fprintf(lines, ",\"%s\":", name);
	report_put_string(value);
}

/* "file:line:column" */
static void report_put_location(const char *name, location_t loc)
{
	expanded_location where = expand_location(loc);
	char *text;

	if (!where.file)
		return;
	text = xasprintf("%s:%d:%d", where.file, where.line, where.column);
	report_put_member(name, text);
	free(text);
}

/*
 * The first line says whose lines follow, up to the next first line. Names of files are
 * relative to the folder. A link has no source: its lines are those of sites.
 */
static void report_open_lines(void)
{
	if (lines)
		return;
	lines = open_memstream(&lines_text, &lines_length);
	fputs("{\"event\":\"start\",\"file\":", lines);
	report_put_string(in_lto_p || !main_input_filename ? "" : main_input_filename);
	report_put_member("directory", get_src_pwd());
	fputs("}\n", lines);
}

static void report_begin(const char *event, location_t loc, tree fn)
{
	expanded_location where = expand_location(loc);

	report_open_lines();
	fprintf(lines, "{\"event\":\"%s\",\"file\":", event);
	report_put_string(where.file ? where.file : "");
	fprintf(lines, ",\"line\":%d,\"column\":%d,\"function\":", where.line, where.column);
	report_put_string(fn && DECL_NAME(fn) ? IDENTIFIER_POINTER(DECL_NAME(fn)) : "");
}

static void report_put_object(const struct sck_description *d)
{
	report_put_member("object", d->object);
	report_put_location("object_declared", d->object_declared);
	report_put_member("symbol", d->symbol);
	report_put_member("type", d->type);
	if (d->object)
		fprintf(lines, ",\"defined\":%s,\"constant\":%s", d->defined ? "true" : "false",
			d->constant ? "true" : "false");
}

static void report_put_description(const struct sck_description *d)
{
	report_put_member("from", d->from);
	report_put_member("name", d->name);
	report_put_location("declared", d->declared);
	if (d->number)
		fprintf(lines, ",\"number\":%u", d->number);
	report_put_object(d);
	report_put_member("through", d->through);
	if (d->tagged != SCK_UNTAGGED)
		report_put_member("if_tagged",
				  d->tagged == SCK_DIRECT ? "direct" : reason_name[d->tagged]);
	report_put_location("tag", d->tag_declared);
}

/*
 * lower.c has decided on a call through a pointer. path: its key as the source has it, or NULL.
 * from: for report=FILE, where the pointer comes from.
 */
void sck_report_call(gcall *call, tree fn, enum sck_reason reason, const char *path,
		     const struct sck_description *from)
{
	location_t loc = gimple_location(call);

	if (reason == SCK_DIRECT)
		direct++;
	else
		indirect++;
	if (sck_options.report_file) {
		report_begin("call", loc, fn);
		report_put_member("key", path);
		report_put_member("result", reason == SCK_DIRECT ? "direct" : "indirect");
		if (reason != SCK_DIRECT)
			report_put_member("reason", reason_name[reason]);
		report_put_description(from);
		fputs("}\n", lines);
	}
	if (!sck_options.report)
		return;
	/* Where it is dynamic, or not, is told when that is known. */
	if ((reason == SCK_UNTAGGED || reason == SCK_VIRTUAL) && sck_may_be_dynamic(call))
		return;
	if (reason == SCK_DIRECT)
		inform(loc, "call through %<static_call_key%> %qs made direct", path);
	else if (reason == SCK_VIRTUAL)
		inform(loc, "virtual call left alone: no %<static_call_key%> is involved");
	else if (reason == SCK_UNTAGGED)
		inform(loc, "indirect call left alone: no %<static_call_key%> is involved");
	else
		inform(loc, "call through %<static_call_key%> %qs stays indirect: %s",
		       path ? path : "(unnamed)", reason_text[reason]);
}

/* stores.c has found a store that may change the key path, or NULL where that has no name. */
void sck_report_store(gimple *store, tree fn, const char *path)
{
	location_t loc = gimple_location(store);

	stores++;
	if (sck_options.report_file) {
		report_begin("store", loc, fn);
		report_put_member("key", path);
		report_put_member("result", sck_option_stores());
		fputs("}\n", lines);
	}
	if (sck_options.report && sck_stores_followed())
		inform(loc, "store that may change a %<static_call_key%> is followed by a resync");
}

/* A store to what has no tag, and could have one. */
void sck_report_assignment(gimple *store, tree fn, const struct sck_description *to)
{
	report_begin("assignment", gimple_location(store), fn);
	report_put_object(to);
	fputs("}\n", lines);
}

/* A declaration that has a tag. */
void sck_report_key(location_t declared, const char *name, const char *symbol)
{
	report_begin("key", declared, NULL_TREE);
	report_put_member("name", name);
	report_put_member("symbol", symbol);
	fputs("}\n", lines);
}

/* See places.c. size: of the type that the member at offset belongs to; 0: a variable. */
void sck_report_place(const char *event, location_t loc, tree fn, const char *place,
		      HOST_WIDE_INT offset, HOST_WIDE_INT size)
{
	report_begin(event, loc, fn);
	report_put_member("place", place);
	fprintf(lines, ",\"offset\":%ld,\"size\":%ld}\n", (long)offset, (long)size);
}

static const char *const guard_name[SCK_GUARD_REASONS] = {
	NULL,   "unknown", "cold", "no-body", "interposable", "noinline",
	"type", "large",   "pure", "off",     "not-inlined",
};

static const char *const guard_text[SCK_GUARD_REASONS] = {
	NULL,
	"the unit does not show one function that the key holds",
	"the call is rare, or small functions are not inlined here",
	"the function is not defined in this unit",
	"another module may replace the function",
	"the function can or must not be inlined",
	"the function is of another type than the call",
	"the function is larger than what is inlined",
	"its targets are pure, and equal calls can become one",
	"guards=named, and no function is named",
	"GCC has not inlined the function",
};

/*
 * A call of the key path in fn has a guard, under which target (or NULL: nothing) is inlined;
 * or it has none, and why.
 */
void sck_report_guard(location_t loc, tree fn, const char *path, tree target, enum sck_guarded why)
{
	const char *name = NULL;

	if (target)
		name = TREE_CODE(target) == FUNCTION_DECL
			       ? lang_hooks.decl_printable_name(target, 1)
			       : "NULL";
	if (sck_options.report_file) {
		report_begin("guard", loc, fn);
		report_put_member("key", path);
		report_put_member("result", why == SCK_GUARDED ? "guarded" : "plain");
		report_put_member("target", name);
		report_put_member("reason", guard_name[why]);
		fputs("}\n", lines);
	}
	if (!sck_options.report)
		return;
	if (why == SCK_GUARDED)
		inform(loc, "call through %<static_call_key%> %qs guarded: %qs is inlined", path,
		       name ? name : "a function");
	else
		inform(loc, "call through %<static_call_key%> %qs is not guarded: %s", path,
		       guard_text[why]);
}

static const char *const dynamic_name[SCK_DYNAMIC_REASONS] = {
	NULL, "never", "chain", "type", "registers", "code-model", "cold", "section",
};

static const char *const dynamic_text[SCK_DYNAMIC_REASONS] = {
	NULL,
	"static_call_never says so",
	"it passes a static chain",
	"its function type has clobbers or arguments of its own, or it may return twice",
	"%r10 or %r11, by way of which it would go, is kept by an option or is a global variable",
	"-mcmodel= or -mforce-indirect-call allow no direct calls, or the kernel has no runtime "
	"for them (kernel-module, kernel-loadable, kernel-vmlinux)",
	"it is rarely run",
	"its function is in a section of its own, or makes indirect calls in a way of its own",
};

/*
 * A call in fn that is no key's was made dynamic; state: what it shares with others, or NULL. Or
 * it was not, and why.
 */
void sck_report_dynamic(location_t loc, tree fn, const char *state, enum sck_dynamic why)
{
	dynamics += why == SCK_DYNAMIC_MADE;
	if (sck_options.report_file) {
		report_begin("dynamic", loc, fn);
		report_put_member("state", state);
		report_put_member("result", why == SCK_DYNAMIC_MADE ? "dynamic" : "indirect");
		report_put_member("reason", dynamic_name[why]);
		fputs("}\n", lines);
	}
	if (!sck_options.report)
		return;
	if (why != SCK_DYNAMIC_MADE)
		inform(loc, "indirect call is not dynamic: %s", dynamic_text[why]);
	else if (state)
		inform(loc, "indirect call made dynamic, with the state %qs", state);
	else
		inform(loc, "indirect call made dynamic, with a state of its own");
}

/* sites.c has made a site; there are more than calls where code was inlined or copied. */
void sck_report_site(location_t loc, tree fn, const char *symbol, enum sck_site kind)
{
	static const char *const kinds[] = { "", " (tail call)", " (guard)" };

	sites++;
	if (sck_options.verbose)
		inform(loc, "site of %<static_call_key%> %qs in %qD%s", strchr(symbol, '.') + 1, fn,
		       kinds[kind]);
}

/* The unit is done: sums, as its last line. */
void sck_report_unit(void)
{
	unsigned int i, keys = 0;

	for (i = 0; i < sck_key_count(); i++)
		keys += sck_key_nth(i)->used;
	if (sck_options.report_file) {
		report_open_lines();
		fputs("{\"event\":\"unit\",\"file\":", lines);
		report_put_string(main_input_filename ? main_input_filename : "");
		fprintf(lines,
			",\"direct\":%u,\"indirect\":%u,\"stores\":%u,\"sites\":%u,"
			"\"keys\":%u,\"dynamic\":%u}\n",
			direct, indirect, stores, sites, keys, dynamics);
	}
	if (dynamics && (sck_options.report || sck_options.verbose))
		inform(UNKNOWN_LOCATION, "%<static_call%>: %u calls made dynamic", dynamics);
	if (sck_options.report || sck_options.verbose)
		inform(UNKNOWN_LOCATION,
		       "%<static_call%>: %u calls made direct, %u left indirect, "
		       "%u stores followed; %u sites of %u keys",
		       direct, indirect, stores, sites, keys);
}

/* Also after errors: what was found up to there helps to understand them. */
void sck_report_flush(void)
{
	ssize_t written;
	int fd;

	if (!lines)
		return;
	fclose(lines);
	lines = NULL;
	fd = open(sck_options.report_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (fd < 0) {
		error("cannot open %qs for the %<static_call%> report: %m",
		      sck_options.report_file);
		return;
	}
	written = write(fd, lines_text, lines_length);
	if (written < 0 || (size_t)written != lines_length)
		error("cannot write the %<static_call%> report to %qs: %m",
		      sck_options.report_file);
	close(fd);
}
