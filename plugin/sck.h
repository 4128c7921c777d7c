/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of the plugin share. Include gcc-compat.h first.
 *
 * The way of a keyed call through the compiler:
 *
 *   attributes.c  the front end meets the attribute: is it on something sensible?
 *   keys.c        what in the program is a key
 *   imports.c     tags that C++ modules bring
 *   refs.c        references to memory: which key is this?
 *   trampolines.c the keys that calls go through, and what calls reach instead
 *   origin.c      SSA: does this callee come from a key, and is it still good?
 *   lower.c       the early GIMPLE pass: calls through keys -> calls of trampolines
 *   reach.c       may this pointer lead to a key?
 *   writes.c      what a statement writes
 *   stores.c      the same pass: stores that may change a key -> resync after them
 *   resync.c      a later GIMPLE pass: one resync for a run of stores, tests in front
 *   sites.c       the late RTL pass: alignment, label and table entry of each site
 *   seen.c        which functions saw the tags of the keys that they use
 *   emit.c        end of the unit: records, module descriptor, what stands where
 *   emit-code.c   trampolines and other small functions
 *
 * and of clobber sets:
 *
 *   clobbers.c    the attribute, sets of registers
 *   abi.c         what the register allocator of callers knows
 *   flow.c        what pointers with a set are given
 *   preserve.c    functions that are defined with a set
 *   thunk.c       static_call_thunk: functions that call another
 *   targets.c     what the runtime is told of functions
 *
 *   describe.c    where the pointer of a call comes from, for the report
 *   places.c      the same of what is tagged and what is stored to, for other units
 *   report.c      what the user is told
 */
#ifndef STATIC_CALL_SCK_H
#define STATIC_CALL_SCK_H

#include "static_call_abi.h"

#define SCK_ATTRIBUTE "static_call_key"
#define SCK_CLOBBERS  "static_call_clobbers"
#define SCK_THUNK     "static_call_thunk"

/* What compiled code calls after a store; see emit.c. */
#define STATIC_CALL_KEY_STORE "static_call_key_store"
/* The same, where nothing speaks of a key yet; resync.c looks at it again. */
#define STATIC_CALL_KEY_STORE_MAYBE STATIC_CALL_KEY_STORE "_maybe"
/* Where keys may lie: the module descriptor's .range_lo and .range_span. */
#define STATIC_CALL_KEY_RANGE "static_call_key_range"

/* static_call.c: the options. */
enum sck_stores { SCK_STORES_SYNC, SCK_STORES_NAMED, SCK_STORES_WARN, SCK_STORES_ERROR };

struct sck_options {
	bool disable;
	bool strict;
	bool verbose;
	bool report;             /* notes on stderr */
	const char *report_file; /* JSON lines, or NULL */
	bool stores_given;
	enum sck_stores stores;
};

extern struct sck_options sck_options;

/* Are stores followed by resyncs? */
static inline bool sck_stores_followed(void)
{
	return sck_options.stores == SCK_STORES_SYNC || sck_options.stores == SCK_STORES_NAMED;
}

/* Why a call stays indirect; the names are in report.c. */
enum sck_reason {
	SCK_DIRECT,
	SCK_UNTAGGED,        /* nothing to do with a key */
	SCK_VARIABLE_INDEX,  /* an element of a table, which one is not known */
	SCK_CHANGED_BETWEEN, /* the key may change between the load and the call */
	SCK_VOLATILE,
	SCK_ATOMIC,
	SCK_NOT_STATIC, /* a tagged member of an object that is not static */
	SCK_THREAD_LOCAL,
	SCK_SEVERAL_VALUES, /* the callee merges values, one from a key */
	SCK_CODE_MODEL,     /* -mcmodel=large, -mforce-indirect-call */
	SCK_PACKED,         /* the pointer is not aligned */
	SCK_STRICT,         /* strict: something runs between the load and the call */
	SCK_ADDRESS_SPACE,
	SCK_OUT_OF_BOUNDS, /* beyond its object: never called, if the program is right */
	SCK_WEAK,          /* far into an object that may not exist */
	SCK_VIRTUAL,       /* a virtual function, which no key has to do with */
	SCK_TRANSACTION,   /* -fgnu-tm: the callee has a second body for transactions */
	SCK_REASONS
};

/* keys.c */
bool sck_is_fnptr(const_tree type);
bool sck_static_var(const_tree var);
tree sck_tag_of(const_tree decl);
bool sck_tag_says(tree tag, const char *word);
void sck_note_tagged(tree decl);
bool sck_have_keys(void);
void sck_note_imported(void);
void sck_report_tags(void);
tree sck_tagged_decl(tree tag);
void sck_note_limited(void);
bool sck_have_limited(void);
void sck_keep(tree decl);
void sck_keys_register_roots(const char *plugin_name);
HOST_WIDE_INT sck_type_size(const_tree type);
HOST_WIDE_INT sck_object_size(const_tree var);
bool sck_field_offset(const_tree field, HOST_WIDE_INT *offset);
bool sck_field_keyed(tree field);
bool sck_type_has_key(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to);
bool sck_type_has_tag(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to);
bool sck_type_has_fnptr(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to);
bool sck_var_has_key(tree var, HOST_WIDE_INT from, HOST_WIDE_INT to);

/* refs.c: a reference to memory, seen as a key. */
struct sck_ref {
	enum sck_reason reason; /* SCK_DIRECT: a key; SCK_UNTAGGED: none of ours */
	tree var;               /* for SCK_DIRECT */
	HOST_WIDE_INT offset;
	tree tag;   /* that covers it; NULL_TREE for SCK_UNTAGGED */
	char *path; /* likewise, or NULL; free() it */
};

tree sck_resolve_pointer(tree ptr, HOST_WIDE_INT *offset);
char *sck_ref_path(tree ref);
void sck_classify_ref(tree ref, struct sck_ref *out, tree assumed);

/* reach.c: what a pointer may lead to, in the order of how sure it is to be a key. */
enum sck_reach {
	SCK_REACH_NONE,  /* no key */
	SCK_REACH_BLANK, /* void *: who knows */
	SCK_REACH_TYPED, /* a type on the way speaks of one */
	SCK_REACH_NAMED  /* a variable that holds one */
};

bool sck_type_reaches(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to);
enum sck_reach sck_reach(tree ptr, HOST_WIDE_INT from, HOST_WIDE_INT to, bool typed, bool blank);
bool sck_private_memory(tree ptr);

/* writes.c: what a statement writes. */
struct sck_written {
	tree address;         /* a GIMPLE value or an ADDR_EXPR */
	tree size;            /* bytes; NULL_TREE: not known, to the end of the object */
	enum sck_reach reach; /* never SCK_REACH_NONE */
};

void sck_find_writes(gimple *stmt, vec<struct sck_written> *found);

/* trampolines.c: a key that calls go through. */
struct sck_key {
	tree var;                   /* the VAR_DECL that the pointer lies in */
	HOST_WIDE_INT offset;       /* bytes into it */
	tree fntype;                /* of the calls */
	bool chain;                 /* they pass a static chain */
	tree trampoline;            /* FUNCTION_DECL: external, hidden */
	const char *symbol;         /* what its symbols' names end in */
	const char *path;           /* as the source spells it */
	unsigned int flags;         /* of its record */
	bool limited;               /* calls have a clobber set: */
	uint64_t clobbers[2];       /* the record's */
	int scratch;                /* what the trampoline may use, or -1 */
	bool local;                 /* its symbols are not shared with other objects */
	enum indirect_branch thunk; /* the most that a caller asks of indirect jumps */
	bool used;                  /* its trampoline is called */
	unsigned int sites;
};

const char *sck_bare_name(tree decl);
tree sck_hidden_function(const char *symbol, tree fntype);
tree sck_not_constant(tree fntype);
struct sck_key *sck_key_get(const struct sck_ref *ref, tree fntype, bool chain);
struct sck_key *sck_key_of_trampoline(tree decl);
const char *sck_trampoline_symbol(tree decl);
bool sck_trampoline_type(const_tree fntype);
unsigned int sck_key_count(void);
struct sck_key *sck_key_nth(unsigned int n);
void sck_preserve_all(void);

/* clobbers.c: sets of registers, and the attribute that names one. */
struct sck_set {
	uint64_t word[2]; /* STATIC_CALL_KEY_CLOBBERS_..., without _KNOWN */
};

int sck_set_beyond(const struct sck_set *may, const struct sck_set *listed);
bool sck_set_has(const struct sck_set *s, int regno);
bool sck_clobbers_of(const_tree fntype, struct sck_set *s);
bool sck_clobbers_fit(const_tree fntype, location_t loc);
bool sck_abi_preserves(int regno);
bool sck_keepable(int regno);
bool sck_kept_by(const_tree fntype, HARD_REG_SET *kept);
void sck_mask_of(const HARD_REG_SET &kept, uint64_t mask[2]);
const char *sck_register_name(int regno);
void sck_register_clobbers(void);

/* abi.c */
bool sck_abi_available(const_tree fntype);
unsigned int sck_abi_room(void);
void sck_register_abi(void);

/* targets.c: functions that are known to keep registers. */
struct sck_target {
	tree decl;
	uint64_t clobbers[2];
};

void sck_note_target(tree decl);
unsigned int sck_target_count(void);
const struct sck_target *sck_target_nth(unsigned int n);
void sck_collect_targets(void);

/* preserve.c, flow.c, thunk.c */
void sck_register_thunk(void);
void sck_finish_thunk(tree decl);
void sck_register_preserve_pass(const char *plugin_name);
void sck_check_flow(gimple *stmt);
bool sck_has_updates(void);
void sck_check_update(gcall *call);
void sck_check_initializers(void);

/* origin.c */
struct sck_origin {
	enum sck_reason reason; /* SCK_DIRECT: rewrite it */
	struct sck_ref ref;
	gimple *load; /* for SCK_DIRECT */
};

void sck_find_origin(gcall *call, struct sck_origin *origin, bool as_if);

/* describe.c: where a callee comes from. NULL, 0, UNKNOWN_LOCATION: there is none. */
struct sck_description {
	const char *from; /* "variable", "member", ...: see static_call(7), REPORT */
	char *name;       /* of the variable, member, parameter, function */
	location_t declared;
	unsigned int number;        /* of a parameter, from 1 */
	char *type;                 /* of the object, else of the member */
	char *object;               /* the variable of static storage that it lies in */
	location_t object_declared; /* and where that is declared */
	const char *symbol;         /* how other units name it, if they can */
	bool defined;               /* this unit defines it */
	bool constant;              /* its value is known to GCC without a tag */
	char *through;              /* else: the pointer that leads to its object */
	enum sck_reason tagged;     /* what the call would be if the object had a tag */
	location_t tag_declared;    /* of the declaration whose tag covers the pointer */
};

void sck_describe_callee(gcall *call, const struct sck_origin *origin, struct sck_description *d);
void sck_free_description(struct sck_description *d);
void sck_describe_store(gimple *stmt);

/* stores.c, resync.c */
bool sck_sync_stores(gimple_stmt_iterator *gsi);
bool sck_store_calls(void);
bool sck_store_called(void);
bool sck_store_in_transactions(void);
void sck_tell_store(gimple *store, const char *path);
tree sck_store_function(void);
void sck_register_resync_pass(const char *plugin_name);

/* lower.c, sites.c, emit.c, attributes.c */
bool sck_holds_fnptr(const_tree type);
bool sck_return_zero_used(void);
void sck_register_lower_pass(const char *plugin_name);
void sck_register_sites_pass(const char *plugin_name);
void sck_register_attributes(void *, void *);
void sck_finish_decl(void *event_data, void *);
bool sck_trampoline_possible(const struct sck_key *key);
void sck_emit_unit(void);
void sck_emit_lto_start(void);
void sck_emit_lto_store(void);
void sck_emit_lto_store_transaction(void);
void sck_emit_lto_return_zero(void);
void sck_emit_lto_guard(void);
void sck_emit_lto_key(const struct sck_key *key);
bool sck_objtool_ibt(void);
void sck_put_return(FILE *to, int kind, bool cfi);
bool sck_target_supported(void);

/* places.c */
char *sck_type_name(tree type);
char *sck_member_name(tree field);
void sck_report_tag(tree decl);
void sck_report_untagged(gimple *stmt);

/* imports.c */
void sck_find_imported(void);

/* seen.c */
void sck_emit_seen(void);
void sck_register_seen_passes(const char *plugin_name);

/* report.c */
void sck_report_call(gimple *call, tree fn, enum sck_reason reason, const char *path,
		     const struct sck_description *from);
void sck_report_assignment(gimple *store, tree fn, const struct sck_description *to);
void sck_report_key(location_t declared, const char *name, const char *symbol);
void sck_report_store(gimple *store, tree fn, const char *path);
void sck_report_site(location_t loc, tree fn, const char *symbol, bool tail);
void sck_report_place(const char *event, location_t loc, tree fn, const char *place,
		      HOST_WIDE_INT offset, HOST_WIDE_INT size);
void sck_report_unit(void);
void sck_report_flush(void);

#endif /* STATIC_CALL_SCK_H */
