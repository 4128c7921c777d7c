/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What unit.c puts together. Each of the put functions writes to sck_out. */
#ifndef STATIC_CALL_EMIT_TABLES_H
#define STATIC_CALL_EMIT_TABLES_H

/* trampolines.c */
void sck_put_variable(const struct sck_key *key);
void sck_put_visibility(const struct sck_key *key);
void sck_put_trampoline(const struct sck_key *key, const char *symbol, const char *group);
bool sck_has_null_code(const struct sck_key *key);

/* The numeric label, in a trampoline, of what it does where the key holds NULL. */
#define SCK_NULL_CODE "3"

/* tables.c */
char *sck_record_symbol(const struct sck_key *key);
void sck_put_key(const struct sck_key *key);
void sck_put_kernel_key(const char *trampoline, const char *group);
void sck_put_targets(const struct sck_key *);
bool sck_have_objects(void);
void sck_put_objects(const struct sck_key *);
bool sck_have_offers(void);
void sck_put_module(const struct sck_key *);

/* functions.c */
void sck_put_module_functions(void);
void sck_put_store(const struct sck_key *);
void sck_put_store_memset(const struct sck_key *);
void sck_put_store_memcpy(const struct sck_key *);
void sck_put_store_memmove(const struct sck_key *);
void sck_put_store_transaction(const struct sck_key *);
void sck_put_return_zero(const struct sck_key *);

#endif /* STATIC_CALL_EMIT_TABLES_H */
