/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls through what is no key, whose targets are learned while the program runs. */
#ifndef STATIC_CALL_MODEL_DYNAMIC_H
#define STATIC_CALL_MODEL_DYNAMIC_H

/* Attributes of declarations, and of the function types of calls that dynamic-mark.c has seen. */
#define SCK_DYNAMIC       "static_call_dynamic"
#define SCK_NEVER         "static_call_never"
/* As SCK_MARK_TAGGED, where one of these was met. */
#define SCK_MARK_WISH     " static_call_key_wish"

/* What the symbols begin with: of the code that sites lead to as linked, and of states. */
#define SCK_DYNAMIC_ENTRY "static_call_key_dynamic"
#define SCK_DYNAMIC_STATE "static_call_key_state"
/* Behind the first of these: see static_call_abi.h, struct static_call_key_state. */
#define SCK_DYNAMIC_KNOWN "_known"
#define SCK_DYNAMIC_PLAIN "_plain"

/*
 * A state, which calls of this unit share that ask for its name, or that have no name and jump
 * in the same way.
 */
struct sck_state {
	const char *symbol;         /* what its symbols end in, */
	const char *code;           /* ... and what those of the code do that calls lead to */
	const char *name;           /* NULL: each of its sites has a state of its own */
	enum indirect_branch thunk; /* how its calls jump */
	unsigned int sites;
};

/* Does the source want this call to learn? A name may be given with it. */
enum sck_wish { SCK_WISH_NONE, SCK_WISH_DYNAMIC, SCK_WISH_NEVER };

enum sck_wish sck_wish_of(gcall *call, const char **name);
enum sck_wish sck_wish_marked(tree fntype, const char **name);
bool sck_may_be_dynamic(gcall *call);
bool sck_unit_may_be_dynamic(void);
tree sck_wish_mark(tree fntype, enum sck_wish wish, const char *name);
void sck_note_wish(void);
bool sck_have_wishes(void);
bool sck_decl_has_wish(tree decl);
void sck_keep_wish(tree decl);

struct sck_state *sck_state_get(const char *name, enum indirect_branch thunk);
tree sck_state_entry(struct sck_state *state, tree fntype);
struct sck_state *sck_state_of_entry(tree decl);
char *sck_state_symbol(const struct sck_state *state);
char *sck_state_code(const struct sck_state *state);
unsigned int sck_state_count(void);
struct sck_state *sck_state_nth(unsigned int n);

#endif /* STATIC_CALL_MODEL_DYNAMIC_H */
