/* SPDX-License-Identifier: GPL-2.0-or-later */
/* References to memory, seen as keys. */
#ifndef STATIC_CALL_MODEL_REFS_H
#define STATIC_CALL_MODEL_REFS_H

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

struct sck_ref {
	enum sck_reason reason; /* SCK_DIRECT: a key; SCK_UNTAGGED: none of ours */
	tree var;               /* for SCK_DIRECT */
	HOST_WIDE_INT offset;
	tree tag;   /* that covers it; NULL_TREE for SCK_UNTAGGED */
	char *path; /* likewise, or NULL; free() it */
};

tree sck_attribute_at(tree var, HOST_WIDE_INT offset, const char *name);
tree sck_resolve_pointer(tree ptr, HOST_WIDE_INT *offset);
char *sck_ref_path(tree ref);
void sck_classify_ref(tree ref, struct sck_ref *out, tree assumed);

#endif /* STATIC_CALL_MODEL_REFS_H */
