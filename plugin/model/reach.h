/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a pointer may lead to. */
#ifndef STATIC_CALL_MODEL_REACH_H
#define STATIC_CALL_MODEL_REACH_H

/* In the order of how sure it is to be a key. */
enum sck_reach {
	SCK_REACH_NONE,  /* no key */
	SCK_REACH_BLANK, /* void *: who knows */
	SCK_REACH_TYPED, /* a type on the way speaks of one */
	SCK_REACH_NAMED  /* a variable that holds one */
};

bool sck_type_reaches(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to);
enum sck_reach sck_reach(tree ptr, HOST_WIDE_INT from, HOST_WIDE_INT to, bool typed, bool blank);
bool sck_private_memory(tree ptr);

#endif /* STATIC_CALL_MODEL_REACH_H */
