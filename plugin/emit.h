/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What emit.c and emit-code.c share: the assembly text that they write. */
#ifndef STATIC_CALL_EMIT_H
#define STATIC_CALL_EMIT_H

extern FILE *sck_out;

#define OUT(...) fprintf(sck_out, __VA_ARGS__)

/* With group: in a section of that COMDAT group, and global; NULL: local. */
void sck_open_section(const char *name, const char *flags, const char *type, const char *group);
void sck_define(const char *symbol, bool global, const char *type);
void sck_function_start(const char *symbol, const char *group);
void sck_function_end(const char *symbol);
void sck_cfa_moved(int bytes);
void sck_put_endbr(void);
void sck_emit_return(void);
void sck_put_variable(const struct sck_key *key);
void sck_put_visibility(const struct sck_key *key);
void sck_put_trampoline(const struct sck_key *key, const char *symbol, const char *group);
bool sck_has_null_code(const struct sck_key *key);

/* The numeric label, in a trampoline, of what it does where the key holds NULL. */
#define SCK_NULL_CODE "3"

#endif /* STATIC_CALL_EMIT_H */
