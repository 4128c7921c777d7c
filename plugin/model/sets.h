/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sets of registers, and the functions that are known to keep some. */
#ifndef STATIC_CALL_MODEL_SETS_H
#define STATIC_CALL_MODEL_SETS_H

#define SCK_CLOBBERS     "static_call_clobbers"
/* As SCK_MARK_TAGGED, where a set was met. */
#define SCK_MARK_LIMITED " static_call_key_limited"

struct sck_set {
	uint64_t word[2]; /* STATIC_CALL_KEY_CLOBBERS_..., without _KNOWN */
};

/* sets.c */
void sck_note_limited(void);
bool sck_have_limited(void);
bool sck_set_add_name(struct sck_set *s, const char *name, location_t loc);
bool sck_set_equal(const struct sck_set *a, const struct sck_set *b);
bool sck_set_has(const struct sck_set *s, int regno);
int sck_set_beyond(const struct sck_set *may, const struct sck_set *listed);
bool sck_clobbers_of(const_tree fntype, struct sck_set *s);
bool sck_clobbers_fit(const_tree fntype, location_t loc);
bool sck_abi_preserves(int regno);
bool sck_keepable(int regno);
bool sck_kept_by(const_tree fntype, HARD_REG_SET *kept);
tree sck_keeping_mark(void);
bool sck_keeping_type(const_tree fntype);
void sck_mask_of(const HARD_REG_SET &kept, uint64_t mask[2]);
const char *sck_register_name(int regno);

/* targets.c: functions that a key with a set may hold. */
struct sck_target {
	tree decl;
	uint64_t clobbers[2];
};

void sck_note_target(tree decl);
unsigned int sck_target_count(void);
const struct sck_target *sck_target_nth(unsigned int n);
void sck_collect_targets(void);

#endif /* STATIC_CALL_MODEL_SETS_H */
