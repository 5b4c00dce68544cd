// Level 1, level 3 and LAPACK under their new names.
#include <stdio.h>

double cblas_ddot64_(int n, const double *x, int step_x, const double *y, int step_y);
void cblas_dgemm64_(int order, int transpose_a, int transpose_b, int m, int n, int k, double alpha, const double *a,
                    int lda, const double *b, int ldb, double beta, double *c, int ldc);
void dgesv_64_(const int *n, const int *columns, double *a, const int *lda, int *pivots, double *b, const int *ldb,
               int *info);

int main(void) {
  const double x[] = {1, 2, 3}, y[] = {4, 5, 6};
  const double a[] = {1, 2, 3, 4}, b[] = {5, 6, 7, 8};
  double c[4] = {0}, matrix[] = {2, 1, 1, 3}, right[] = {4, 7};
  int n = 2, one = 1, pivots[2], info;
  cblas_dgemm64_(101, 111, 111, 2, 2, 2, 1, a, 2, b, 2, 0, c, 2);
  dgesv_64_(&n, &one, matrix, &n, pivots, right, &n, &info);
  printf("ddot %g, dgemm %g %g %g %g, dgesv %g %g\n", cblas_ddot64_(3, x, 1, y, 1), c[0], c[1], c[2], c[3], right[0],
         right[1]);
}
