/* SPDX-License-Identifier: MIT */
/* strerror.h - words for errors; see strerror.c. */
#ifndef STATIC_CALL_STRERROR_H
#define STATIC_CALL_STRERROR_H

#pragma GCC visibility push(hidden)

/* Within the runtime nothing is called by its public, replaceable name. */
const char *scrt_strerror(int err);

#pragma GCC visibility pop

#endif /* STATIC_CALL_STRERROR_H */
