/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Assembly text, as all of emit/ writes it; sites and entries of functions borrow some. */
#ifndef STATIC_CALL_EMIT_TEXT_H
#define STATIC_CALL_EMIT_TEXT_H

extern FILE *sck_out;

#define OUT(...)               fprintf(sck_out, __VA_ARGS__)

/*
 * jmp symbol, where the runtime and static_call-check look for nothing else:
 * -Wa,-mbranches-within-32B-boundaries would put prefixes in front of what comes before a jump.
 */
#define SCK_EXACT_JUMP(symbol) "\t.byte\t0xe9\n\t.long\t" symbol "-.-4\n"

/* With group: in a section of that COMDAT group, and global; NULL: local. */
void sck_open_section(const char *name, const char *flags, const char *type, const char *group);
void sck_define(const char *symbol, bool global, const char *type);
void sck_function_start(const char *symbol, const char *group);
void sck_function_end(const char *symbol);
bool sck_has_unwind_info(void);
void sck_cfa_moved(int bytes);
void sck_put_push(const char *reg);
void sck_put_pop(const char *reg);
void sck_put_padding(FILE *to);
void sck_put_endbr(void);
void sck_put_jump(const char *reg, enum indirect_branch thunk);
void sck_put_return(FILE *to, int kind, bool cfi);
void sck_emit_return(void);
char *sck_not_a_target(const char *place);

#endif /* STATIC_CALL_EMIT_TEXT_H */
