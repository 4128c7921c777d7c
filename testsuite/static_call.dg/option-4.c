/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A value where there is none is an error. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-static_call-strict=1" } */
/* { dg-error "unrecognized plugin option .-fplugin-arg-static_call-strict=1.: .strict. takes no value" "" { target *-*-* } 0 } */
/* { dg-prune-output "fail(ed)? to initialize plugin" } */
int x;
