/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The medium code model still has direct calls. */
/* { dg-do run } */
/* { dg-skip-if "needs objects that were compiled so" { *-*-* } { "-pie" "-shared" } } */
/* { dg-additional-options "-mcmodel=medium" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { check-static-call } } */
#include "option.h"
