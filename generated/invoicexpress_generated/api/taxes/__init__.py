"""Operations on taxes."""
