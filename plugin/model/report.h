/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the user is told. */
#ifndef STATIC_CALL_MODEL_REPORT_H
#define STATIC_CALL_MODEL_REPORT_H

#include "model/refs.h"

/* Where a callee comes from. NULL, 0, UNKNOWN_LOCATION: there is none. */
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

void sck_report_call(gcall *call, tree fn, enum sck_reason reason, const char *path,
		     const struct sck_description *from);
void sck_report_assignment(gimple *store, tree fn, const struct sck_description *to);
void sck_report_key(location_t declared, const char *name, const char *symbol);
void sck_report_store(gimple *store, tree fn, const char *path);
/* Is a call guarded, and if not, why? The names are in report.c. */
enum sck_guarded {
	SCK_GUARDED,
	SCK_GUARD_UNKNOWN,      /* nothing tells what the key holds */
	SCK_GUARD_COLD,         /* the call is rare, or here nothing is inlined unasked */
	SCK_GUARD_NO_BODY,      /* the function is not in this unit */
	SCK_GUARD_INTERPOSABLE, /* another module may have another function of its name */
	SCK_GUARD_NOINLINE,     /* the function must or can not be inlined */
	SCK_GUARD_TYPE,         /* of another type than the call */
	SCK_GUARD_LARGE,        /* larger than what GCC inlines */
	SCK_GUARD_PURE,         /* equal calls can become one, which guards keep from that */
	SCK_GUARD_OFF,          /* guards=named, and none is */
	SCK_GUARD_NOT_INLINED,  /* GCC has not inlined it */
	SCK_GUARD_REASONS
};

void sck_report_guard(location_t loc, tree fn, const char *path, tree target, enum sck_guarded why);
/* Is a call that is indirect made dynamic, and if not, why? The names are in report.c. */
enum sck_dynamic {
	SCK_DYNAMIC_MADE,
	SCK_DYNAMIC_NEVER,      /* the source says so */
	SCK_DYNAMIC_CHAIN,      /* it has a static chain of its own */
	SCK_DYNAMIC_TYPE,       /* of functions that are called in another way */
	SCK_DYNAMIC_REGISTERS,  /* %r10 or %r11 is not free */
	SCK_DYNAMIC_CODE_MODEL, /* no direct calls here */
	SCK_DYNAMIC_COLD,       /* rarely run */
	SCK_DYNAMIC_SECTION,    /* in code that the kernel treats in its own way */
	SCK_DYNAMIC_REASONS
};

void sck_report_dynamic(location_t loc, tree fn, const char *state, enum sck_dynamic why);

enum sck_site { SCK_SITE_CALL, SCK_SITE_TAIL, SCK_SITE_GUARD };

void sck_report_site(location_t loc, tree fn, const char *symbol, enum sck_site kind);
void sck_report_place(const char *event, location_t loc, tree fn, const char *place,
		      HOST_WIDE_INT offset, HOST_WIDE_INT size);
void sck_report_unit(void);
void sck_report_flush(void);

#endif /* STATIC_CALL_MODEL_REPORT_H */
