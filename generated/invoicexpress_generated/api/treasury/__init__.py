"""Operations on treasury."""
